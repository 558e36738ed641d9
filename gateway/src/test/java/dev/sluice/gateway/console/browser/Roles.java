package dev.sluice.gateway.console.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** Finds what a page has by what it is and is called, as people and screen readers do; lists have rows. */
final class Roles {
    private Roles() {}

    static Locator link(Page page, String name) {
        return named(page, AriaRole.LINK, name);
    }

    static Locator button(Page page, String name) {
        return named(page, AriaRole.BUTTON, name);
    }

    static Locator heading(Page page, String name) {
        return named(page, AriaRole.HEADING, name);
    }

    /** The rows of its list. */
    static Locator rows(Page page) {
        return page.locator("tbody tr");
    }

    /** Opens the first of its list. */
    static void openFirst(Page page) {
        page.locator("tbody a").first().click();
    }

    private static Locator named(Page page, AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field of a form, which may say behind its name that it is needed. */
    static Locator field(Page page, String label) {
        return page.getByLabel(Pattern.compile("^\\s*" + label + "\\s*(\\(required.*\\))?\\s*$"));
    }
}
