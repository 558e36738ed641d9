/** Keyed digests that providers sign with, compared in constant time, whichever way they are written in a header. */
@NullMarked
package dev.sluice.normalizers.signature;

import org.jspecify.annotations.NullMarked;
