package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.deltasync.api.Comparison;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.postgresql.PostgreSqlDialect;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Values on their way from table to table. */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL_OLDEST,
		TestDatabase.POSTGRESQL })
public class JdbcTypesIT extends JdbcAdapterFixture {

	private static final Map<String, List<String>> H2 = new LinkedHashMap<>();

	private static final Map<String, List<String>> MYSQL = new LinkedHashMap<>();

	private static final Map<String, List<String>> POSTGRESQL = new LinkedHashMap<>();

	static {
		H2.put("BOOLEAN", List.of("TRUE", "FALSE"));
		H2.put("TINYINT", List.of("-128", "127"));
		H2.put("SMALLINT", List.of("-32768", "32767"));
		H2.put("INTEGER", List.of("-2147483648", "2147483647"));
		H2.put("BIGINT", List.of("-9223372036854775808", "9223372036854775807"));
		H2.put("NUMERIC(60, 30)", List.of("-999999999999999999999999999999.999999999999999999999999999999",
				"0.000000000000000000000000000001"));
		H2.put("DECFLOAT(30)", List.of("1.23E1000", "-7"));
		H2.put("REAL", List.of("0.1", "3.4028235E38", "1.4E-45"));
		H2.put("DOUBLE PRECISION", List.of("0.1", "1.7976931348623157E308", "4.9E-324", "-0.30000000000000004"));
		H2.put("CHARACTER VARYING(200)", List.of("''", "'é😀''\"\\ \t '", "U&'\\0001'"));
		H2.put("CHARACTER(10)", List.of("'ab'"));
		H2.put("CHARACTER LARGE OBJECT", List.of("REPEAT('é', 100000)"));
		H2.put("BINARY VARYING(10)", List.of("X''", "X'00FF10'"));
		H2.put("BINARY LARGE OBJECT", List.of("X'00FF'"));
		H2.put("DATE", List.of("DATE '0001-01-01'", "DATE '9999-12-31'", "DATE '1582-10-10'"));
		H2.put("TIME(9)", List.of("TIME '23:59:59.999999999'"));
		H2.put("TIMESTAMP(9)", List.of("TIMESTAMP '2026-03-29 02:30:00.123456789'", "TIMESTAMP '9999-12-31 23:59:59'"));
		H2.put("TIMESTAMP(9) WITH TIME ZONE",
				List.of("TIMESTAMP WITH TIME ZONE '2026-03-29 02:30:00.123456789+05:30'"));
		H2.put("UUID", List.of("UUID '12345678-1234-1234-1234-123456789abc'"));
		H2.put("JSON", List.of("JSON '{\"a\": [1, \"é\"]}'", "JSON '\"text\"'"));
		H2.put("ENUM('a', 'b')", List.of("'b'"));
		H2.put("INTERVAL DAY TO SECOND", List.of("INTERVAL '3 04:05:06.7' DAY TO SECOND"));
		MYSQL.put("TINYINT(1)", List.of("5", "-128", "0"));
		MYSQL.put("TINYINT UNSIGNED", List.of("255"));
		MYSQL.put("SMALLINT", List.of("-32768", "32767"));
		MYSQL.put("MEDIUMINT UNSIGNED", List.of("16777215"));
		MYSQL.put("INT UNSIGNED", List.of("4294967295"));
		MYSQL.put("BIGINT", List.of("-9223372036854775808", "9223372036854775807"));
		MYSQL.put("BIGINT UNSIGNED", List.of("18446744073709551615", "0"));
		MYSQL.put("DECIMAL(65, 30)", List.of("-99999999999999999999999999999999999.999999999999999999999999999999",
				"0.000000000000000000000000000001"));
		MYSQL.put("FLOAT", List.of("0.1", "3.4028234e38", "1.23456789", "16777217"));
		MYSQL.put("DOUBLE",
				List.of("0.1", "1.7976931348623157E308", "2.2250738585072014E-308", "-0.30000000000000004"));
		MYSQL.put("BIT(1)", List.of("b'1'", "b'0'"));
		MYSQL.put("BIT(20)", List.of("b'10000000000000000001'"));
		MYSQL.put("BOOLEAN", List.of("TRUE"));
		MYSQL.put("CHAR(10)", List.of("'ab'"));
		MYSQL.put("VARCHAR(200)", List.of("''", "'é😀''\"\\\\ \t '", "CONCAT('a', CHAR(0 USING utf8mb4), 'b')"));
		MYSQL.put("VARCHAR(50) CHARACTER SET latin1", List.of("'äöü'"));
		MYSQL.put("LONGTEXT", List.of("REPEAT('é', 100000)"));
		MYSQL.put("BINARY(5)", List.of("X'0001'"));
		MYSQL.put("VARBINARY(10)", List.of("X''", "X'00FF275C10'"));
		MYSQL.put("LONGBLOB", List.of("X'00FF275C10'"));
		MYSQL.put("DATE", List.of("'1000-01-01'", "'9999-12-31'"));
		MYSQL.put("TIME(6)", List.of("'838:59:58.999999'", "'-838:59:58.999999'", "'00:00:00'", "'-00:00:01.5'"));
		MYSQL.put("TIME", List.of("'23:59:59'"));
		MYSQL.put("DATETIME", List.of("'2026-03-29 02:30:00'"));
		MYSQL.put("DATETIME(6)",
				List.of("'1000-01-01 00:00:00.000001'", "'9999-12-31 23:59:59.999999'", "'2026-03-08 02:30:00.5'"));
		MYSQL.put("TIMESTAMP(6) NULL",
				List.of("'2038-01-18 19:14:07.999999'", "'1971-01-01 00:00:01'", "'2026-10-25 02:30:00.123456'"));
		MYSQL.put("YEAR", List.of("1901", "2155", "0", "2000"));
		MYSQL.put("JSON", List.of("'{\"a\": [1, \"é😀\", null]}'"));
		MYSQL.put("ENUM('a', 'b', '2')", List.of("'2'", "'b'"));
		MYSQL.put("SET('a', 'b', 'c')", List.of("'a,c'", "''"));
		MYSQL.put("POINT", List.of("ST_GeomFromText('POINT(1.5 -2)')"));
		POSTGRESQL.put("BOOLEAN", List.of("TRUE", "FALSE"));
		POSTGRESQL.put("SMALLINT", List.of("-32768", "32767"));
		POSTGRESQL.put("INTEGER", List.of("-2147483648", "2147483647"));
		POSTGRESQL.put("BIGINT", List.of("-9223372036854775808", "9223372036854775807"));
		POSTGRESQL.put("OID", List.of("4294967295"));
		POSTGRESQL.put("NUMERIC(60, 30)", List.of("-999999999999999999999999999999.999999999999999999999999999999",
				"0.000000000000000000000000000001"));
		POSTGRESQL.put("NUMERIC", List.of("1.500", "1e1000", "-1e-1000"));
		POSTGRESQL.put("REAL", List.of("0.1", "3.4028235e38", "1.4e-45", "'NaN'", "'-Infinity'"));
		POSTGRESQL.put("DOUBLE PRECISION",
				List.of("0.1", "1.7976931348623157e308", "4.9e-324", "-0.30000000000000004", "'NaN'", "'Infinity'"));
		POSTGRESQL.put("VARCHAR(200)", List.of("''", "'é😀''\"\\ \t {},NULL'", "U&'\\0001'"));
		POSTGRESQL.put("CHAR(10)", List.of("'ab'"));
		POSTGRESQL.put("TEXT", List.of("REPEAT('é', 100000)", "'NULL'"));
		POSTGRESQL.put("CITEXT", List.of("'Anna'"));
		POSTGRESQL.put("BYTEA", List.of("''", "'\\x00ff275c10'"));
		POSTGRESQL.put("DATE", List.of("'0001-01-01'", "'9999-12-31'", "'20000-01-01'", "'0044-03-15 BC'"));
		POSTGRESQL.put("TIME", List.of("'23:59:59.999999'"));
		POSTGRESQL.put("TIMETZ", List.of("'23:59:59.999999+05:30'"));
		POSTGRESQL.put("TIMESTAMP", List.of("'2026-03-29 02:30:00.123456'", "'9999-12-31 23:59:59'",
				"'20000-01-01 00:00:00'", "'0001-01-01 00:00:00 BC'"));
		POSTGRESQL.put("TIMESTAMP(0)", List.of("'2026-03-29 02:30:00'"));
		POSTGRESQL.put("TIMESTAMPTZ", List.of("'2026-03-29 02:30:00.123456+05:30'", "'0044-03-15 00:00:00Z BC'"));
		POSTGRESQL.put("INTERVAL", List.of("'1 year 2 mons -3 days 04:05:06.789'", "'-1 day +24:00:00'"));
		POSTGRESQL.put("UUID", List.of("'12345678-1234-1234-1234-123456789abc'"));
		POSTGRESQL.put("JSON", List.of("'{\"a\": [1, \"é\"],  \"a\": 1e5}'", "'\"text\"'"));
		POSTGRESQL.put("JSONB", List.of("'{\"a\": [1.10, \"é\", null]}'", "'123456789012345678901234567890.1'"));
		POSTGRESQL.put("mood", List.of("'ok'", "'it''s'"));
		POSTGRESQL.put("positive", List.of("7"));
		POSTGRESQL.put("INTEGER[]", List.of("'{1,NULL,3}'", "'{}'", "'{{1,2},{3,4}}'"));
		POSTGRESQL.put("TEXT[]", List.of("ARRAY['a\"b', 'c\\d', '', NULL, 'NULL', '{}']"));
		POSTGRESQL.put("NUMERIC[]", List.of("'{1.50,NaN}'"));
		POSTGRESQL.put("TIMESTAMPTZ[]", List.of("'{2026-03-29 02:30:00.123456+05:30,infinity}'"));
		POSTGRESQL.put("BYTEA[]", List.of("ARRAY['\\x00ff'::bytea]"));
		POSTGRESQL.put("BIT(5)", List.of("B'10101'"));
		POSTGRESQL.put("BIT VARYING", List.of("B''", "B'101'"));
		POSTGRESQL.put("INET", List.of("'10.1.2.3/8'", "'::1'"));
		POSTGRESQL.put("MACADDR", List.of("'08:00:2b:01:02:03'"));
		POSTGRESQL.put("XML", List.of("'<a>é</a>'"));
		POSTGRESQL.put("POINT", List.of("'(0.1,-2)'"));
		POSTGRESQL.put("INT4RANGE", List.of("'[1,5)'"));
		POSTGRESQL.put("TSTZRANGE", List.of("'[2026-01-01 00:00Z,)'"));
		POSTGRESQL.put("TSVECTOR", List.of("to_tsvector('simple', 'a fat cat')"));
		POSTGRESQL.put("pair", List.of("ROW(1, 'a,\"b')"));
	}

	@Test
	void everyTypeIsCopiedExactly() throws Exception {
		Map<String, List<String>> types = switch (this.database) {
			case H2 -> H2;
			case MYSQL, MARIADB -> MYSQL;
			default -> POSTGRESQL;
		};
		if (types == POSTGRESQL) {
			execute("CREATE EXTENSION citext", "CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s')",
					"CREATE DOMAIN positive AS INT CHECK (VALUE > 0)", "CREATE TYPE pair AS (a INT, b TEXT)");
		}
		for (Map.Entry<String, List<String>> type : types.entrySet()) {
			execute("DROP TABLE IF EXISTS src", "DROP TABLE IF EXISTS dst",
					"CREATE TABLE src (id INT PRIMARY KEY, v %s)".formatted(type.getKey()),
					"CREATE TABLE dst (id INT PRIMARY KEY, v %s)".formatted(type.getKey()),
					"INSERT INTO src VALUES (-1, NULL)");
			int id = 0;
			for (String value : type.getValue()) {
				execute("INSERT INTO src VALUES (%d, %s)".formatted(id++, value));
			}

			List<RecordInFlight> records = pull("src").run();
			push("dst", records.toArray(new RecordInFlight[0]));

			assertThat(records).as(type.getKey()).allMatch((record) -> record.errors().isEmpty());
			String same = switch (this.database) {
				case H2 -> "s.v IS NOT DISTINCT FROM d.v";
				case MYSQL, MARIADB -> "CAST(s.v AS BINARY) <=> CAST(d.v AS BINARY) AND s.v <=> d.v";
				default -> "s.v::text IS NOT DISTINCT FROM d.v::text";
			};
			assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM src s JOIN dst d ON s.id = d.id WHERE " + same,
					Integer.class))
				.as("%s: %s", type.getKey(), values(records, "v"))
				.isEqualTo(id + 1);
			assertThat(compare("dst", records)).as(type.getKey())
				.allMatch((comparison) -> comparison.kind() == Comparison.Kind.SAME);
			execute("UPDATE dst SET v = NULL WHERE id >= 0");
			assertThat(compare("dst", records)).as(type.getKey())
				.filteredOn((comparison) -> comparison.kind() == Comparison.Kind.DIFFERENT)
				.hasSize(id)
				.allMatch((comparison) -> comparison.held().size() == 1);
		}
	}

	@Test
	void valuesAreReadAsTheirDocumentedClasses() throws Exception {
		if (this.database == TestDatabase.H2) {
			reads("BIGINT", "7", 7L);
			reads("NUMERIC(10, 3)", "1.5", new BigDecimal("1.500"));
			reads("BOOLEAN", "TRUE", true);
			reads("TIMESTAMP(9)", "TIMESTAMP '2026-03-29 02:30:00.123456789'",
					LocalDateTime.parse("2026-03-29T02:30:00.123456789"));
			reads("TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+05:30'",
					OffsetDateTime.parse("2026-01-01T00:00:00+05:30"));
			reads("TIME", "TIME '08:00:00'", LocalTime.of(8, 0));
			reads("UUID", "UUID '12345678-1234-1234-1234-123456789abc'",
					UUID.fromString("12345678-1234-1234-1234-123456789abc"));
		}
		else if (this.dialect instanceof PostgreSqlDialect) {
			reads("SMALLINT", "7", 7L);
			reads("NUMERIC(10, 3)", "1.5", new BigDecimal("1.500"));
			reads("NUMERIC", "1.5", new BigDecimal("1.5"));
			reads("MONEY", "1234.5", new BigDecimal("1234.50"));
			reads("REAL", "0.1", 0.1f);
			reads("BOOLEAN", "TRUE", true);
			reads("CHAR(5)", "'ab'", "ab");
			reads("TIMESTAMP", "'2026-03-29 02:30:00.123456'", LocalDateTime.parse("2026-03-29T02:30:00.123456"));
			// The session that inserts is at -08:00 or where the tests run.
			reads("TIMESTAMPTZ", "'2026-03-29 02:30:00.000001+02'", Instant.parse("2026-03-29T00:30:00.000001Z"));
			reads("TIME", "'08:00:00'", LocalTime.of(8, 0));
			reads("UUID", "'12345678-1234-1234-1234-123456789abc'",
					UUID.fromString("12345678-1234-1234-1234-123456789abc"));
			reads("BYTEA", "'\\x00ff'", new byte[] { 0, -1 });
			reads("INT[]", "'{{1,2},{3,NULL}}'", List.of(List.of(1L, 2L), Arrays.asList(3L, null)));
			reads("INTERVAL", "'90 minutes'", "01:30:00");
		}
		else {
			reads("TINYINT(1)", "5", 5L);
			reads("BIGINT UNSIGNED", "18446744073709551615", new BigInteger("18446744073709551615"));
			reads("DECIMAL(10, 3)", "1.5", new BigDecimal("1.500"));
			reads("FLOAT", "0.1", 0.1f);
			reads("FLOAT", "1.23456789", 1.23456789f);
			reads("YEAR", "2026", 2026L);
			reads("BIT(1)", "1", new byte[] { 1 });
			reads("TIME(3)", "'-01:00:00.5'", "-01:00:00.500");
			reads("DATETIME(3)", "'2026-03-29 02:30:00.123'", LocalDateTime.parse("2026-03-29T02:30:00.123"));
			// The session that inserts is at -08:00.
			reads("TIMESTAMP(6) NULL", "'2026-03-29 02:30:00.000001'", Instant.parse("2026-03-29T10:30:00.000001Z"));
			reads("ENUM('a', 'b')", "'b'", "b");
		}
		reads("DATE", "DATE '2026-11-21'", LocalDate.of(2026, 11, 21));
		reads("DOUBLE PRECISION", "0.1", 0.1d);
		reads("VARCHAR(10)", "'é'", "é");
	}

	private void reads(String type, String literal, Object expected) throws Exception {
		execute("DROP TABLE IF EXISTS src", "CREATE TABLE src (id INT PRIMARY KEY, v %s)".formatted(type),
				"INSERT INTO src VALUES (1, %s)".formatted(literal));

		assertThat(values(pull("src").run(), "v")).as(type).usingRecursiveComparison().isEqualTo(List.of(expected));
	}

}
