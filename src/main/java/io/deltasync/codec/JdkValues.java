package io.deltasync.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * The JDK types of values in scopes. The set is fixed: no other tag names a JDK type.
 * Values are read strictly: neither 1.0 nor "1" is accepted as an integer.
 */
@SuppressWarnings("JavaUtilDate")
final class JdkValues {

	private static final Map<Class<?>, Form> BY_CLASS = new HashMap<>();

	private static final Map<String, Form> BY_TAG = new HashMap<>();

	static {
		add(String.class, "@string", Form.PLAIN, JsonGenerator::writeString, ValueReader::string);
		add(Boolean.class, "@boolean", Form.PLAIN, JsonGenerator::writeBoolean, JdkValues::bool);
		add(Integer.class, "@int", Form.PLAIN, JsonGenerator::writeNumber, (in) -> Math.toIntExact(integer(in)));
		add(Long.class, "@long", Form.TAGGED, JsonGenerator::writeNumber, JdkValues::integer);
		add(Double.class, "@double", (value) -> Double.isFinite((Double) value), JdkValues::writeDouble,
				JdkValues::decimal);
		add(byte[].class, "@bytes", Form.TAGGED, JsonGenerator::writeBinary, JdkValues::bytes);
		text(Float.class, "@float", Float::valueOf);
		text(Short.class, "@short", Short::valueOf);
		text(Byte.class, "@byte", Byte::valueOf);
		text(Character.class, "@char", JdkValues::character);
		text(BigDecimal.class, "@decimal", BigDecimal::new);
		text(BigInteger.class, "@bigint", BigInteger::new);
		text(UUID.class, "@uuid", UUID::fromString);
		text(URI.class, "@uri", URI::create);
		text(Instant.class, "@instant", Instant::parse);
		text(LocalDate.class, "@date", LocalDate::parse);
		text(LocalTime.class, "@time", LocalTime::parse);
		text(LocalDateTime.class, "@datetime", LocalDateTime::parse);
		text(OffsetDateTime.class, "@offsetdatetime", OffsetDateTime::parse);
		text(OffsetTime.class, "@offsettime", OffsetTime::parse);
		text(ZonedDateTime.class, "@zoneddatetime", ZonedDateTime::parse);
		text(Duration.class, "@duration", Duration::parse);
		text(Period.class, "@period", Period::parse);
		text(Year.class, "@year", (year) -> Year.of(Integer.parseInt(year)));
		text(YearMonth.class, "@yearmonth", YearMonth::parse);
		text(MonthDay.class, "@monthday", MonthDay::parse);
		text(DayOfWeek.class, "@dayofweek", DayOfWeek::valueOf);
		text(Month.class, "@month", Month::valueOf);
		text(ZoneOffset.class, "@offset", ZoneOffset::of);
		text(ZoneId.class, "@zone", ZoneId::of);
		// the class of zones with a region is not public
		BY_CLASS.put(ZoneId.of("Europe/Vienna").getClass(), BY_TAG.get("@zone"));
		// types returned by drivers for the rows of LOCATOR, stored as instants
		add(Timestamp.class, "@sqltimestamp", Form.TAGGED,
				(json, value) -> json.writeString(value.toInstant().toString()),
				(in) -> Timestamp.from(Instant.parse(in.string())));
		millis(java.sql.Date.class, "@sqldate", java.sql.Date::new);
		millis(Time.class, "@sqltime", Time::new);
		millis(Date.class, "@utildate", Date::new);
	}

	private JdkValues() {
	}

	static @Nullable Form of(Class<?> type) {
		return BY_CLASS.get(type);
	}

	static @Nullable Form tagged(String tag) {
		return BY_TAG.get(tag);
	}

	private static <T> void text(Class<T> type, String tag, Function<String, T> parse) {
		add(type, tag, Form.TAGGED, (json, value) -> json.writeString(value.toString()),
				(in) -> parse.apply(in.string()));
	}

	private static <T extends Date> void millis(Class<T> type, String tag, LongFunction<T> create) {
		add(type, tag, Form.TAGGED, (json, value) -> json.writeNumber(value.getTime()),
				(in) -> create.apply(integer(in)));
	}

	private static <T> void add(Class<T> type, String tag, Predicate<Object> plain, BiConsumer<JsonGenerator, T> writer,
			Form.Reader reader) {
		Form form = new Form(tag, plain, (value, out) -> writer.accept(out.json(), type.cast(value)), reader);
		BY_CLASS.put(type, form);
		BY_TAG.put(tag, form);
	}

	private static boolean bool(ValueReader in) {
		if (in.json().currentToken() == JsonToken.VALUE_TRUE) {
			return true;
		}
		in.require(JsonToken.VALUE_FALSE, "true or false");
		return false;
	}

	private static long integer(ValueReader in) {
		in.require(JsonToken.VALUE_NUMBER_INT, "an integer");
		return in.json().getLongValue();
	}

	private static void writeDouble(JsonGenerator json, double value) {
		if (Double.isFinite(value)) {
			json.writeNumber(value);
		}
		else {
			json.writeString(Double.toString(value));
		}
	}

	private static double decimal(ValueReader in) {
		if (in.json().currentToken() == JsonToken.VALUE_STRING) {
			return Double.parseDouble(in.string());
		}
		if (in.json().currentToken() != JsonToken.VALUE_NUMBER_INT) {
			in.require(JsonToken.VALUE_NUMBER_FLOAT, "a number");
		}
		return in.json().getDoubleValue();
	}

	private static byte[] bytes(ValueReader in) {
		in.require(JsonToken.VALUE_STRING, "a text");
		return in.json().getBinaryValue();
	}

	private static char character(String text) {
		if (text.length() != 1) {
			throw new IllegalArgumentException("'%s' is not one character".formatted(text));
		}
		return text.charAt(0);
	}

}
