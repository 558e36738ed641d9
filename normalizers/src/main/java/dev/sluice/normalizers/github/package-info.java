/** GitHub: repository, organization and app webhooks. */
@NullMarked
package dev.sluice.normalizers.github;

import org.jspecify.annotations.NullMarked;
