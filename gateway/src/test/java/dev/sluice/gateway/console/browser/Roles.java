package dev.sluice.gateway.console.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** Finds what a page has by what it is and is called, as people and screen readers do. */
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

    private static Locator named(Page page, AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field of a form, which may say behind its name that it is needed. */
    static Locator field(Page page, String label) {
        return page.getByLabel(Pattern.compile("^\\s*" + label + "\\s*(\\(required.*\\))?\\s*$"));
    }
}
