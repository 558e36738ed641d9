package dev.sluice.gateway.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.persistence.notification.DeliveryStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhereTest {

    @Test
    void readsTheOriginalsClause() {
        assertThat(where("channel='webhook' and status='queued' and config.url='https://a.example/hook?x=1'"))
                .isEqualTo(new Where(false, DeliveryStatus.QUEUED, "https://a.example/hook?x=1"));
    }

    @Test
    void doesNotMindBlanksCaseAndOrder() {
        assertThat(where("  Config.URL= 'https://a'\n AND  STATUS ='Retry' "))
                .isEqualTo(new Where(false, DeliveryStatus.RETRY, "https://a"));
    }

    @Test
    void takesADoubledQuoteForOne() {
        assertThat(where("config.url='it''s and status=''x'''").url()).isEqualTo("it's and status='x'");
    }

    @Test
    void knowsWhatNoDeliveryOfOursIsLike() {
        assertThat(where("channel='email'").nothing()).isTrue();
        assertThat(where("status='notified'").nothing()).isTrue();
        assertThat(where("channel='webhook'").nothing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "topic='x' | where: topic at column 1 (expected: one of channel, status, config.url)",
                "channel='webhook' and | where: the end at column 22 (expected: one of channel, status, config.url)",
                "channel='webhook' or status='queued' | where: or at column 19 (expected: and, or nothing more)",
                "channel='webhook', status='queued' | where: , at column 18 (expected: and, or nothing more)",
                "status<>'queued' | where: < at column 7 (expected: =)",
                "status=queued | where: queued at column 8 (expected: a value in single quotes)",
                "status= | where: the end at column 8 (expected: a value in single quotes)",
                "status='queued | where: a quote that opens at column 8 and never closes (expected: a single quote after it)",
                "status='queued' and status='retry' | where: status once more at column 21 (expected: each field once)",
                "status='lost' | where: status 'lost' at column 8 (expected: one of created, retry, queued, delivered, failed, notified)",
                "channel='fax' | where: channel 'fax' at column 9 (expected: one of webhook, email, sms, push)"
            })
    void saysWhatItFoundWhereAndWhatItExpects(String clause, String message) {
        assertThatThrownBy(() -> where(clause))
                .isInstanceOf(BadRequestException.class)
                .hasMessage(message);
    }

    @Test
    void neverShowsMoreThanAWordOfWhatItCannotRead() {
        assertThatThrownBy(() -> where("config.url=https://a.example/?key=secret"))
                .hasMessage("where: https at column 12 (expected: a value in single quotes)");
        assertThatThrownBy(() -> where("config.url='https://a.example/?key=secret"))
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> where("x".repeat(4_001)))
                .hasMessage("where: 4001 characters (expected: at most 4000)");
    }

    private static Where where(String clause) {
        return Where.of(new WhereClause(clause));
    }
}
