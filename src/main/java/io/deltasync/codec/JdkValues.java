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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The JDK types of values in scopes. The set is fixed: no other tag names a JDK type.
 */
@SuppressWarnings("JavaUtilDate")
final class JdkValues {

	private static final Map<Class<?>, Form> BY_CLASS = new HashMap<>();

	private static final Map<String, Form> BY_TAG = new HashMap<>();

	static {
		plain(String.class, "@string", JsonGenerator::writeString, Scalars::string);
		plain(Boolean.class, "@boolean", JsonGenerator::writeBoolean, Scalars::bool);
		plain(Integer.class, "@int", JsonGenerator::writeNumber, (json) -> Math.toIntExact(Scalars.integer(json)));
		add(new ValueForm<>(Long.class, "@long", (value) -> false, JsonGenerator::writeNumber, Scalars::integer));
		add(new ValueForm<>(Double.class, "@double", Double::isFinite, Scalars::writeDouble, Scalars::decimal));
		text(Float.class, "@float", Float::valueOf);
		text(Short.class, "@short", Short::valueOf);
		text(Byte.class, "@byte", Byte::valueOf);
		text(Character.class, "@char", Scalars::character);
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
		// types returned by drivers for the rows of LOCATOR, stored as instants
		add(new ValueForm<>(Timestamp.class, "@sqltimestamp", (value) -> false,
				(json, value) -> json.writeString(value.toInstant().toString()),
				(json) -> Timestamp.from(Instant.parse(Scalars.string(json)))));
		add(new ValueForm<>(java.sql.Date.class, "@sqldate", (value) -> false, JdkValues::millis,
				(json) -> new java.sql.Date(Scalars.integer(json))));
		add(new ValueForm<>(Time.class, "@sqltime", (value) -> false, JdkValues::millis,
				(json) -> new Time(Scalars.integer(json))));
		add(new ValueForm<>(Date.class, "@utildate", (value) -> false, JdkValues::millis,
				(json) -> new Date(Scalars.integer(json))));
		// the class of zones with a region is not public
		BY_CLASS.put(ZoneId.of("Europe/Vienna").getClass(), BY_TAG.get("@zone"));
		add(new ValueForm<>(byte[].class, "@bytes", (value) -> false, JsonGenerator::writeBinary, Scalars::bytes));
	}

	private JdkValues() {
	}

	static @Nullable Form of(Class<?> type) {
		return BY_CLASS.get(type);
	}

	static @Nullable Form tagged(String tag) {
		return BY_TAG.get(tag);
	}

	private static <T> void plain(Class<T> type, String tag, BiConsumer<JsonGenerator, T> writer,
			Function<JsonParser, T> reader) {
		add(new ValueForm<>(type, tag, (value) -> true, writer, reader));
	}

	private static <T> void text(Class<T> type, String tag, Function<String, T> parse) {
		add(new ValueForm<>(type, tag, (value) -> false, (json, value) -> json.writeString(value.toString()),
				(json) -> parse.apply(Scalars.string(json))));
	}

	private static void millis(JsonGenerator json, Date value) {
		json.writeNumber(value.getTime());
	}

	private static void add(ValueForm<?> form) {
		BY_CLASS.put(form.type(), form);
		BY_TAG.put(form.tag(), form);
	}

}
