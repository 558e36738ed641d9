package dev.sluice.normalizers;

/**
 * One thing that tells whose webhook it is, for the shared webhook URL.
 *
 * @param configurationKey the setting it is compared with: {@code github.organization}
 * @param value what that setting has to be, or to contain where it lists several separated by commas; compared without
 *     regard to case and surrounding blanks
 */
public record OwnerKey(String configurationKey, String value) {}
