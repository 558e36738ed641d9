package dev.sluice.gateway.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;

/** Somebody without a mouse, who has to see where the focus is. */
final class Keyboard {
    private static final int STOPS_MAX = 200;

    private static final String STATE = """
            each => {
              if (each !== document.activeElement) return 'elsewhere';
              const style = getComputedStyle(each);
              const box = each.getBoundingClientRect();
              const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
              return ring && inside ? 'seen' : 'focused, but not to be seen';
            }
            """;

    /** Notes what ought to be reached, and which of it shows no ring when it is, or stands outside of the page. */
    private static final String WATCH = """
            () => {
              const name = each => each.tagName.toLowerCase() + ' ' + (each.id || each.getAttribute('href')
                || each.getAttribute('aria-label') || each.name || each.textContent.trim().slice(0, 60));
              document.querySelectorAll('details:not(.menu)').forEach(each => { each.open = true; });
              const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
                .filter(each => each.checkVisibility() && !each.disabled && (each.type !== 'radio' || each.checked));
              const due = new Set(stops.map(name));
              const unseen = [];
              document.addEventListener('focusin', event => {
                const style = getComputedStyle(event.target);
                const box = event.target.getBoundingClientRect();
                due.delete(name(event.target));
                if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 || box.width === 0
                    || box.right + scrollX <= 0 || box.bottom + scrollY <= 0) {
                  unseen.push('no ring: ' + name(event.target));
                }
              });
              window.walked = () => [...[...due].map(each => 'not reached: ' + each), ...unseen];
              return stops.length;
            }
            """;

    private final Page page;

    Keyboard(Page page) {
        this.page = page;
    }

    /** Goes there by Tab. */
    Keyboard to(Locator target) {
        return to(target, "Tab");
    }

    /** Goes back there by Shift and Tab. */
    Keyboard backTo(Locator target) {
        return to(target, "Shift+Tab");
    }

    private Keyboard to(Locator target, String key) {
        for (int i = 0; i < STOPS_MAX; i++) {
            Object state = target.evaluate(STATE);
            if (!"elsewhere".equals(state)) {
                assertThat(state).as("%s", target).isEqualTo("seen");
                return this;
            }
            page.keyboard().press(key);
        }
        throw new AssertionError("not reached by the keyboard: " + target);
    }

    /** Presses a key. */
    Keyboard press(String key) {
        page.keyboard().press(key);
        return this;
    }

    /** Goes to a button or link and uses it. */
    void use(Locator target) {
        to(target).press("Enter");
    }

    /** Goes to a field and types, in place of what stands there. */
    Keyboard type(Locator field, String text) {
        to(field);
        page.keyboard().type(text);
        return this;
    }

    /** Walks round the page once: what cannot be reached, and what does not show that it was. */
    List<?> round() {
        int stops = (int) page.evaluate(WATCH);
        // One more step than there are stops: between the last and the first the focus may be on none.
        for (int i = 0; i <= stops; i++) {
            page.keyboard().press("Tab");
        }
        return (List<?>) page.evaluate("walked()");
    }
}
