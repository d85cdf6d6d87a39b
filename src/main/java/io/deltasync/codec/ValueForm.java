package io.deltasync.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The form of a type whose values are a single JSON string, number or boolean.
 *
 * @param type the type
 * @param tag its tag
 * @param plain whether a value needs no tag
 * @param writer writes a value
 * @param reader reads a value, and throws a RuntimeException if it is invalid
 * @param <T> the type
 */
record ValueForm<T>(Class<T> type, String tag, Predicate<T> plain, BiConsumer<JsonGenerator, T> writer,
		Function<JsonParser, T> reader) implements Form {

	@Override
	public boolean speaksForItself(Object value) {
		return this.plain.test(this.type.cast(value));
	}

	@Override
	public void write(Object value, ValueWriter out) {
		this.writer.accept(out.json(), this.type.cast(value));
	}

	@Override
	public Object read(ValueReader in) {
		return this.reader.apply(in.json());
	}

}
