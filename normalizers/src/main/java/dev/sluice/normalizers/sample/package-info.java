/** Bodies of webhooks as providers send them, one of each type. They lie among the resources, under the element's key. */
@NullMarked
package dev.sluice.normalizers.sample;

import org.jspecify.annotations.NullMarked;
