package chat.parley.wire;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/** An enum that travels as {@code lower-kebab}, whatever mapper writes it. */
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonSerialize(using = KebabEnums.Writer.class)
@JsonDeserialize(using = KebabEnums.Reader.class)
public @interface Kebab {}
