package chat.parley.eventstore.serialization;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Serializes events as JSON under their {@linkplain StoredEventTypes stored names}. */
public final class EventSerializer extends Jackson3Serializer {
    public EventSerializer() {
        super(builder().jsonMapperBuilderCustomizer(new EventSerialization()));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(Class type) {
        SerializedType byClass = super.typeForClass(type);
        return type == null || StoredEventTypes.nameOf(type).equals(byClass.getName())
                ? byClass
                : new SimpleSerializedType(StoredEventTypes.nameOf(type), byClass.getRevision());
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        Class<?> event = StoredEventTypes.classOf(type.getName());
        return event == null ? super.resolveClassName(type) : event.getName();
    }
}
