package chat.parley.wire;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/** An enum that is written as {@code lower-kebab} by any mapper. */
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonSerialize(using = KebabEnums.Writer.class)
@JsonDeserialize(using = KebabEnums.Reader.class)
public @interface Kebab {}
