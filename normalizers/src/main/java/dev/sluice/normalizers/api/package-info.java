/**
 * Calls to providers as values: a request to send, and what its response came to. Nothing here sends anything; whoever
 * does owns timeouts, retries and storage.
 */
@NullMarked
package dev.sluice.normalizers.api;

import org.jspecify.annotations.NullMarked;
