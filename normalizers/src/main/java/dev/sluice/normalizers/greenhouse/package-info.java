/** Greenhouse Recruiting: one webhook a change, one kind of change a hook. */
@NullMarked
package dev.sluice.normalizers.greenhouse;

import org.jspecify.annotations.NullMarked;
