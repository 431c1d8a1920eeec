package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ConditionType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnedConditionTest {

    @Test
    void everyTypeOfTheApiIsDeclared() throws IllegalAccessException {
        var types = new ArrayList<Object>();
        for (Field field : ConditionType.class.getFields()) {
            types.add(field.get(null));
        }
        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(Stream.of(OwnedCondition.values())
                        .map(OwnedCondition::type)
                        .toList());
    }

    @Test
    void everyReasonIsOneOfACondition() {
        assertThat(ConditionReason.all())
                .allSatisfy(reason -> assertThat(OwnedCondition.values()).anyMatch(it -> it.owns(reason)));
    }

    @Test
    void theReasonsOfOneConditionDifferByName() {
        assertThat(OwnedCondition.values())
                .filteredOn(it -> it != OwnedCondition.ConsentGranted)
                .allSatisfy(condition -> assertThat(ConditionReason.all().stream()
                                .filter(condition::owns)
                                .map(ConditionReason::name))
                        .doesNotHaveDuplicates());
    }

    @Test
    void aTypeThatAnotherWroteIsNotOwned() {
        assertThat(OwnedCondition.of("Approved")).isEmpty();
    }
}
