/** What a webhook says has happened, in the words that all elements have in common: an object, and what was done to it. */
@NullMarked
package dev.sluice.normalizers.item;

import org.jspecify.annotations.NullMarked;
