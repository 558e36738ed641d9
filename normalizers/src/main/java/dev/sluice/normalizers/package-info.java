/**
 * What we know about each provider: how it signs, how it shakes hands, what its webhooks mean.
 *
 * <p>Everything here is a pure function of its arguments: no server, no database, no clock (the receipt time is handed
 * in). An {@link dev.sluice.normalizers.Element} is one provider; {@link dev.sluice.normalizers.Elements} lists them.
 */
@NullMarked
package dev.sluice.normalizers;

import org.jspecify.annotations.NullMarked;
