package dev.sluice.persistence.notice;

import org.jspecify.annotations.Nullable;

/**
 * Where an organization wants to be told.
 *
 * @param url absolute, http or https
 * @param key signs what is told; secret; null signs nothing
 */
public record NoticeTarget(String url, @Nullable String key) {
    /** Keeps the key out. */
    @Override
    public String toString() {
        return "NoticeTarget[" + url + "]";
    }
}
