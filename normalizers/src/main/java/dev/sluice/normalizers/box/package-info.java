/** Box: webhooks of files and folders, version 2, and the form or query of version 1 as a fallback. */
@NullMarked
package dev.sluice.normalizers.box;

import org.jspecify.annotations.NullMarked;
