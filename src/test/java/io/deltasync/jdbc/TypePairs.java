package io.deltasync.jdbc;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.testing.TestDatabase;

/**
 * The types that are copied between databases, with sample values, and the type that each
 * database has for each kind.
 */
final class TypePairs {

	/** In the order of the table in the documentation. */
	static final List<TestDatabase> DATABASES = List.of(TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.MARIADB,
			TestDatabase.POSTGRESQL, TestDatabase.SQLITE, TestDatabase.DUCKDB, TestDatabase.DERBY, TestDatabase.HSQLDB);

	/** A kind, the types of the databases in the order of {@link #DATABASES}. */
	private static final String TYPES = """
			BOOLEAN   | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN | BOOLEAN
			INTEGER   | INTEGER | INT | INT | INTEGER | INTEGER | INTEGER | INTEGER | INTEGER
			BIGINT    | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT | BIGINT
			UNSIGNED  | NUMERIC(20) | BIGINT UNSIGNED | BIGINT UNSIGNED | NUMERIC(20) | NUMERIC(20) | UBIGINT | NUMERIC(20) | NUMERIC(20)
			DECIMAL   | DECIMAL(20,6) | DECIMAL(20,6) | DECIMAL(20,6) | DECIMAL(20,6) | DECIMAL(20,6) | DECIMAL(20,6) | DECIMAL(20,6) | DECIMAL(20,6)
			REAL      | REAL | FLOAT | FLOAT | REAL | REAL | FLOAT | REAL | REAL
			DOUBLE    | DOUBLE PRECISION | DOUBLE | DOUBLE | DOUBLE PRECISION | DOUBLE | DOUBLE | DOUBLE | DOUBLE
			CHAR      | CHAR(5) | CHAR(5) | CHAR(5) | CHAR(5) | CHAR(5) | CHAR(5) | CHAR(5) | CHAR(5)
			VARCHAR   | VARCHAR(50) | VARCHAR(50) | VARCHAR(50) | VARCHAR(50) | VARCHAR(50) | VARCHAR(50) | VARCHAR(50) | VARCHAR(50)
			TEXT      | CLOB | LONGTEXT | LONGTEXT | TEXT | TEXT | VARCHAR | CLOB | CLOB
			BINARY    | VARBINARY(50) | VARBINARY(50) | VARBINARY(50) | BYTEA | BLOB | BLOB | BLOB | VARBINARY(50)
			DATE      | DATE | DATE | DATE | DATE | DATE | DATE | DATE | DATE
			TIME      | TIME(6) | TIME(6) | TIME(6) | TIME | TIME | TIME | TIME | TIME(6)
			TIMESTAMP | TIMESTAMP(6) | DATETIME(6) | DATETIME(6) | TIMESTAMP | TIMESTAMP | TIMESTAMP | TIMESTAMP | TIMESTAMP(6)
			INSTANT   | TIMESTAMP(6) WITH TIME ZONE | TIMESTAMP(6) NULL | TIMESTAMP(6) NULL | TIMESTAMPTZ | TIMESTAMPTZ | TIMESTAMPTZ | TIMESTAMP | TIMESTAMP(6) WITH TIME ZONE
			UUID      | UUID | CHAR(36) | UUID | UUID | UUID | UUID | CHAR(36) | UUID
			JSON      | JSON | JSON | JSON | JSONB | JSON | JSON | CLOB | CLOB
			ENUM      | ENUM('a','b') | ENUM('a','b') | ENUM('a','b') | mood | TEXT | ENUM('a','b') | VARCHAR(9) | VARCHAR(9)
			""";

	/** A kind and its sample values, as literals that every database understands. */
	private static final Map<String, List<String>> VALUES = Map.ofEntries(Map.entry("BOOLEAN", List.of("TRUE")),
			Map.entry("INTEGER", List.of("-2147483648", "2147483647")),
			Map.entry("BIGINT", List.of("-9223372036854775807", "9223372036854775807")),
			Map.entry("UNSIGNED", List.of("18446744073709551615")),
			Map.entry("DECIMAL", List.of("-1.5", "12345678901234.567891")), Map.entry("REAL", List.of("0.1")),
			Map.entry("DOUBLE", List.of("0.1", "1.7976931348623157E308")), Map.entry("CHAR", List.of("'ab'")),
			Map.entry("VARCHAR", List.of("'é😀 '", "''")), Map.entry("TEXT", List.of("'text'")),
			Map.entry("BINARY", List.of("X'00FF'")), Map.entry("DATE", List.of("'2026-02-28'", "'9999-12-31'")),
			Map.entry("TIME", List.of("'23:59:59'")),
			Map.entry("TIMESTAMP", List.of("'2026-03-29 02:30:00.123456'", "'9999-12-31 23:59:59'")),
			Map.entry("INSTANT", List.of("'2026-03-29 02:30:00.123456+05:30'")),
			Map.entry("UUID", List.of("'12345678-1234-1234-1234-123456789abc'")),
			Map.entry("JSON", List.of("'{\"a\": [1.5, \"é\"]}'")), Map.entry("ENUM", List.of("'b'")));

	/** More types of single databases: database, kind, type and values. */
	private static final String MORE = """
			H2 | INTEGER | TINYINT | -128
			H2 | DECIMAL | DECFLOAT(20) | 1.23
			H2 | BINARY | BINARY(3) | X'000102'
			H2 | TIMESTAMP | TIMESTAMP(9) | '2026-03-29 02:30:00.123456789'
			H2 | VARCHAR | INTERVAL DAY | INTERVAL '3' DAY
			MYSQL | INTEGER | MEDIUMINT UNSIGNED | 16777215
			MYSQL | INTEGER | YEAR | 2026
			MYSQL | BINARY | BIT(12) | b'100000000001'
			MYSQL | VARCHAR | SET('a','b') | 'a,b'
			MYSQL | VARCHAR | TIME(3) | '-25:00:00.5'
			MYSQL | BINARY | POINT | ST_GeomFromText('POINT(1.5 -2)')
			MARIADB | VARCHAR | INET6 | '::1'
			POSTGRESQL | INTEGER | SMALLINT | -32768
			POSTGRESQL | DECIMAL | NUMERIC | 12345678.125
			POSTGRESQL | TEXT | JSON | '{"a": 1}'
			POSTGRESQL | VARCHAR | INET | '10.0.0.1'
			POSTGRESQL | VARCHAR | INTERVAL | '3 days'
			POSTGRESQL | JSON | INTEGER[] | '{1,2}'
			SQLITE | BIGINT | (no type) | 7
			SQLITE | VARCHAR | MONEY | 'a text'
			DUCKDB | INTEGER | UTINYINT | 255
			DUCKDB | UNSIGNED | HUGEINT | 18446744073709551615
			DUCKDB | TIMESTAMP | TIMESTAMP_NS | '2026-03-29 02:30:00.123456789'
			DUCKDB | VARCHAR | INTERVAL | INTERVAL 3 DAY
			DUCKDB | VARCHAR | INTEGER[] | [1, 2]
			DERBY | TEXT | LONG VARCHAR | 'text'
			HSQLDB | VARCHAR | INTERVAL DAY | INTERVAL '3' DAY
			""";

	private TypePairs() {
	}

	/** Returns the types of a database that are read, those of its kinds first. */
	static List<Type> read(TestDatabase database) {
		Map<String, Type> types = new LinkedHashMap<>();
		written(database).forEach((kind, name) -> types.putIfAbsent(name, new Type(kind, name,
				VALUES.get(kind).stream().map((literal) -> literal(database, kind, literal)).toList())));
		MORE.lines()
			.map((line) -> line.split(" \\| "))
			.filter((row) -> row[0].equals(database.name()))
			.forEach((row) -> types.put(row[2], new Type(row[1], row[2], List.of(row[3].strip()))));
		return List.copyOf(types.values());
	}

	/** Returns the type of a database for each kind. */
	static Map<String, String> written(TestDatabase database) {
		Map<String, String> types = new LinkedHashMap<>();
		TYPES.lines()
			.map((line) -> line.split("\\|"))
			.forEach((row) -> types.put(row[0].strip(), row[1 + DATABASES.indexOf(database)].strip()));
		return types;
	}

	private static String literal(TestDatabase database, String kind, String literal) {
		return switch (kind) {
			case "JSON" -> (database == TestDatabase.H2) ? "JSON " + literal : literal;
			// SQLite itself would round a larger number
			case "UNSIGNED" -> (database == TestDatabase.SQLITE) ? "9223372036854775807" : literal;
			case "INSTANT" -> isZoneless(database) ? literal.replace("+05:30", "") : literal;
			case "BINARY" -> switch (database) {
				case POSTGRESQL -> "'\\x00ff'";
				case DUCKDB -> "'\\x00\\xFF'::BLOB";
				case DERBY -> "CAST(" + literal + " AS BLOB)";
				default -> literal;
			};
			default -> literal;
		};
	}

	private static boolean isZoneless(TestDatabase database) {
		return database == TestDatabase.MYSQL || database == TestDatabase.MARIADB || database == TestDatabase.DERBY;
	}

	/** Returns an empty map by database. */
	static <T> Map<TestDatabase, T> byDatabase() {
		return new EnumMap<>(TestDatabase.class);
	}

	/**
	 * A type of a column that is read.
	 *
	 * @param kind its kind, which chooses the types of the targets
	 * @param name the type as declared
	 * @param literals values
	 */
	record Type(String kind, String name, List<String> literals) {

	}

}
