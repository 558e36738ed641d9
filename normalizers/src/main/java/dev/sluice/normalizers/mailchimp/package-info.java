/** Mailchimp Marketing: audience webhooks, which are forms with nested names. */
@NullMarked
package dev.sluice.normalizers.mailchimp;

import org.jspecify.annotations.NullMarked;
