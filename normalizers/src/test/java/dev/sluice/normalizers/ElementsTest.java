package dev.sluice.normalizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ElementsTest {

    @Test
    void findsEveryRegisteredElementByKeyAndByNumber() {
        Elements elements = Elements.all();

        assertThat(elements.keys()).contains("github", "box", "hootsuite", "greenhouse", "mailchimpv3");
        for (Element element : elements.elements()) {
            ElementDescriptor descriptor = element.descriptor();
            assertThat(elements.find(descriptor.key())).contains(element);
            assertThat(elements.findByKeyOrId(String.valueOf(descriptor.id()))).contains(element);
        }
        assertThat(elements.find("sfdc")).isEmpty();
        assertThat(elements.findByKeyOrId("0")).isEmpty();
    }

    @Test
    void everyElementHasEachFieldOnce() {
        for (Element element : Elements.all().elements()) {
            List<String> keys = element.configuration().stream()
                    .map(ConfigurationField::key)
                    .toList();
            assertThat(new HashSet<>(keys)).as(element.descriptor().key()).hasSameSizeAs(keys);
        }
    }

    @Test
    void everyDefaultPassesItsOwnCheck() {
        for (Element element : Elements.all().elements()) {
            for (ConfigurationField field : element.configuration()) {
                String value = field.defaultValue();
                assertThat(value == null ? null : field.problemWith(value))
                        .as(field.key())
                        .isNull();
            }
        }
    }

    /** What an element says for itself must not be lost by what stands before it. */
    @Test
    void anElementThatMayTellOfNoRetrievalsSaysAllElseItself() throws NoSuchMethodException {
        for (Method method : Element.class.getDeclaredMethods()) {
            assertThat(WithoutRetrieved.class
                            .getMethod(method.getName(), method.getParameterTypes())
                            .getDeclaringClass())
                    .as(method.getName())
                    .isEqualTo(WithoutRetrieved.class);
        }
    }

    @Test
    void refusesTwoElementsOfOneKey() {
        Element element = Elements.all().find("github").orElseThrow();

        assertThatThrownBy(() -> new Elements(List.of(element, element)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("element key: github twice (expected: each once)");
    }
}
