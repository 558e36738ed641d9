package dev.sluice.normalizers;

/** What an instance's owner has to do, told by the provider. A mark never stops intake or delivery. */
public enum Mark {
    /** The provider removed our webhook: it has to be registered again. */
    WEBHOOK_REMOVED,
    /** The provider ended our access: the instance has to be authenticated again. */
    REAUTHENTICATION_NEEDED
}
