/**
 * The API's document, {@code docs/openapi.yaml}, and a page that shows it: for everybody, without credentials.
 *
 * <p>All of the page comes from here, and its policy lets a browser load nothing else.
 */
@NullMarked
package dev.sluice.gateway.documentation;

import org.jspecify.annotations.NullMarked;
