/**
 * Who is signed in. A browser shows a random token in a cookie; the database knows its hash. Everything that changes
 * something needs, besides, the token that is derived of it and stands in our own forms.
 */
@NullMarked
package dev.sluice.gateway.console.session;

import org.jspecify.annotations.NullMarked;
