/** What a sixth element needs of code. */
@NullMarked
package dev.sluice.normalizers.beacon;

import org.jspecify.annotations.NullMarked;
