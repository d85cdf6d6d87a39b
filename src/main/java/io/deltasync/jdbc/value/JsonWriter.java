package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON: texts unchanged; maps, lists, numbers and booleans serialised. Refuses
 * JSON of which the column would lose a part: objects with duplicate names, and numbers
 * with more digits than a DOUBLE holds.
 */
public class JsonWriter extends ColumnWriter {

	private static final JsonFactory JSON = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxStringLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build())
		.build();

	/** The number of digits with which the database writes a DOUBLE. */
	private static final int DOUBLE_DIGITS = 17;

	private static final BigInteger LARGEST_WHOLE = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

	/** Leaves NaN to the database to refuse, instead of writing it as a text. */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
		.build();

	private final boolean oneMemberOfAName;

	private final boolean roundsNumbers;

	/**
	 * Creates the writer of a column, which keeps JSON as it is unless it has a size.
	 */
	public JsonWriter(Column column) {
		this(column, column.size() > 0, column.size() > 0);
	}

	/**
	 * Creates the writer of a column.
	 * @param oneMemberOfAName whether the column keeps one of several members of an
	 * object with the same name
	 * @param roundsNumbers whether the column stores numbers as floating-point numbers
	 */
	protected JsonWriter(Column column, boolean oneMemberOfAName, boolean roundsNumbers) {
		super(column);
		this.oneMemberOfAName = oneMemberOfAName;
		this.roundsNumbers = roundsNumbers;
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		String json;
		if (value instanceof String text) {
			json = text;
		}
		else if (value instanceof Double || value instanceof Float) {
			checkFinite(value);
			json = value.toString();
		}
		else if (value instanceof Map || value instanceof List || value instanceof Number || value instanceof Boolean) {
			try {
				json = MAPPER.writeValueAsString(value);
			}
			catch (JacksonException ex) {
				throw ValueRefusedException.of(column(), "it cannot be written as JSON: " + ex.getOriginalMessage());
			}
			// after serialisation, which fails on cyclic values
			checkFinite(value);
		}
		else {
			throw ValueRefusedException.never(column(), value);
		}
		TextWriter.checkWellFormed(column(), json);
		if (this.oneMemberOfAName || this.roundsNumbers) {
			checkKept(json);
		}
		values.add(json);
	}

	/** JSON has no NaN or infinity, and readers would get a text instead. */
	private void checkFinite(@Nullable Object value) throws ValueRefusedException {
		if (value instanceof Map<?, ?> map) {
			for (Object each : map.values()) {
				checkFinite(each);
			}
		}
		else if (value instanceof Iterable<?> values) {
			for (Object each : values) {
				checkFinite(each);
			}
		}
		else if ((value instanceof Double || value instanceof Float)
				&& !Double.isFinite(((Number) value).doubleValue())) {
			throw ValueRefusedException.of(column(), "JSON has no %s".formatted(value));
		}
	}

	private void checkKept(String json) throws ValueRefusedException {
		Deque<Set<String>> objects = new ArrayDeque<>();
		try (JsonParser parser = JSON.createParser(json)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				switch (token) {
					case START_OBJECT -> objects.push(new HashSet<>());
					case END_OBJECT -> objects.pop();
					case PROPERTY_NAME -> {
						if (!objects.element().add(parser.currentName()) && this.oneMemberOfAName) {
							throw ValueRefusedException.of(column(),
									"an object has two members '%s', of which the column would keep one"
										.formatted(parser.currentName()));
						}
					}
					case VALUE_NUMBER_INT -> checkNumber(parser.getString(), true);
					case VALUE_NUMBER_FLOAT -> checkNumber(parser.getString(), false);
					default -> {
						// kept unchanged
					}
				}
			}
		}
		catch (StreamConstraintsException ex) {
			throw ValueRefusedException.of(column(), "it exceeds the limits for JSON: " + ex.getOriginalMessage());
		}
		catch (JacksonException ex) {
			// the database refuses it and reports the position
		}
	}

	private void checkNumber(String text, boolean whole) throws ValueRefusedException {
		if (!this.roundsNumbers) {
			return;
		}
		BigDecimal number = new BigDecimal(text);
		if (whole && number.toBigInteger().compareTo(LARGEST_WHOLE) <= 0
				&& (number.signum() >= 0 || number.toBigInteger().bitLength() < Long.SIZE)) {
			return;
		}
		double held = number.doubleValue();
		if (!Double.isFinite(held)) {
			return; // the database refuses it
		}
		int digits = number.stripTrailingZeros().precision();
		boolean kept = digits <= DOUBLE_DIGITS
				&& new BigDecimal(held).round(new MathContext(digits)).compareTo(number) == 0;
		if (!kept) {
			throw ValueRefusedException.of(column(),
					"the number %s would become %s; write it as a text, or make the column a text".formatted(text,
							held));
		}
	}

}
