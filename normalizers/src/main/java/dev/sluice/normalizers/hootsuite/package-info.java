/** Hootsuite: events of messages, comments and app installations, many to a webhook. */
@NullMarked
package dev.sluice.normalizers.hootsuite;

import org.jspecify.annotations.NullMarked;
