package chat.parley.eventstore;

import chat.parley.api.Refusal;
import chat.parley.api.process.Roles;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** All records of the api module, found on the class path, with samples of each. */
final class ApiRecords {
    private static final Class<?> ANCHOR = Refusal.class;

    private ApiRecords() {}

    static List<Class<?>> all() {
        ClassPathScanningCandidateComponentProvider records = new ClassPathScanningCandidateComponentProvider(false);
        records.addIncludeFilter(new AssignableTypeFilter(Record.class));
        return records.findCandidateComponents(ANCHOR.getPackageName()).stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(
                        Objects.requireNonNull(found.getBeanClassName()), ANCHOR.getClassLoader()))
                .filter(type -> !Modifier.isPrivate(type.getModifiers()))
                // Those belong to one process and are no messages.
                .filter(type -> !type.getPackage().equals(Roles.class.getPackage()))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    /** Samples of a record: all components set, all optional ones absent, and each variant of each component. */
    static List<Object> samples(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<List<@Nullable Object>> variants = Arrays.stream(components)
                .map(component -> variants(component.getGenericType()))
                .toList();
        List<Object> samples = new ArrayList<>();
        List<@Nullable Object> full = new ArrayList<>();
        variants.forEach(ofComponent -> full.add(ofComponent.getFirst()));
        samples.add(make(type, full));
        for (int i = 0; i < components.length; i++) {
            List<@Nullable Object> others =
                    new ArrayList<>(variants.get(i).subList(1, variants.get(i).size()));
            if (isNullable(components[i].getAnnotatedType())) {
                others.add(null);
            }
            for (Object other : others) {
                List<@Nullable Object> changed = new ArrayList<>(full);
                changed.set(i, other);
                samples.add(make(type, changed));
            }
        }
        return samples;
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Object make(Class<?> type, List<@Nullable Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("No sample of " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No sample of " + type, e);
        }
    }

    private static List<@Nullable Object> variants(Type type) {
        if (type instanceof ParameterizedType generic) {
            List<@Nullable Object> elements = variants(generic.getActualTypeArguments()[0]);
            Object first = elements.getFirst();
            if (generic.getRawType() == List.class) {
                return List.of(List.copyOf(elements), List.of());
            }
            if (generic.getRawType() == Set.class && first != null) {
                return List.of(Set.of(first), Set.of());
            }
            if (generic.getRawType() == Map.class) {
                return List.of(Map.of(
                        "key", variants(generic.getActualTypeArguments()[1]).getFirst()));
            }
            throw new IllegalStateException("No samples of " + type);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == ZoneId.class) {
            return List.of(ZoneId.of("Asia/Seoul"));
        }
        if (raw.isRecord()) {
            return List.copyOf(samples(raw));
        }
        if (raw.isSealed()) {
            return Arrays.stream(raw.getPermittedSubclasses())
                    .map(permitted -> variants(permitted).getFirst())
                    .toList();
        }
        if (raw.isEnum()) {
            return List.of(raw.getEnumConstants());
        }
        return List.of(simple(raw));
    }

    private static Object simple(Class<?> type) {
        if (type == String.class) {
            return "text-1";
        } else if (type == long.class || type == Long.class) {
            return Long.MAX_VALUE - 1;
        } else if (type == int.class || type == Integer.class) {
            return 42;
        } else if (type == boolean.class || type == Boolean.class) {
            return true;
        } else if (type == Instant.class) {
            return Instant.parse("2026-11-21T09:30:00.123Z");
        } else if (type == LocalDate.class) {
            return LocalDate.of(2026, 11, 21);
        } else if (type == LocalTime.class) {
            return LocalTime.of(22, 30);
        } else if (type == Duration.class) {
            return Duration.ofMillis(1_500);
        }
        throw new IllegalStateException("No sample of " + type + "; say here what one is");
    }
}
