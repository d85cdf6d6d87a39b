package io.deltasync.jdbc.testkit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.Dialect;

/**
 * Runs the JDBC adapters with a dialect on a real database, and checks that values are
 * copied exactly, that a record that fails does not take others with it, that rows are
 * found once and streamed, and that changes are found. With JUnit, for example: <pre>
 * &#64;TestFactory
 * Stream&lt;DynamicTest&gt; conforms() {
 * 	return DialectKit.of(new MyDialect(), dataSource)
 * 		.type("DECIMAL(10, 2)", "1.50", "-99999999.99")
 * 		.checks()
 * 		.entrySet()
 * 		.stream()
 * 		.map((check) -&gt; DynamicTest.dynamicTest(check.getKey(), check.getValue()::run));
 * }
 * </pre> The kit creates tables whose names begin with {@code deltasync}, and drops them.
 * Not thread-safe.
 */
public final class DialectKit {

	private final KitDatabase database;

	private final Map<String, List<String>> types = new LinkedHashMap<>();

	private final List<String> keyTypes = new ArrayList<>(List.of("INTEGER", "VARCHAR(40)", "DECIMAL(20, 5)", "DATE"));

	private String timestamp = "TIMESTAMP";

	private String text = "CLOB";

	private Duration precision = ChronoUnit.MICROS.getDuration();

	private boolean streaming = true;

	private boolean openTransactions = true;

	private DialectKit(KitDatabase database) {
		this.database = database;
	}

	/**
	 * Creates a kit.
	 * @param dialect the dialect
	 * @param dataSource the database, with an account that may create tables; two
	 * connections are used at a time
	 * @return the kit
	 */
	public static DialectKit of(Dialect dialect, DataSource dataSource) {
		return new DialectKit(new KitDatabase(dialect, dataSource));
	}

	/**
	 * Adds a type whose values must be copied exactly.
	 * @param type the type as a table's definition has it
	 * @param literals values as SQL expressions
	 * @return this kit
	 */
	public DialectKit type(String type, String... literals) {
		this.types.put(type, List.of(literals));
		return this;
	}

	/**
	 * Sets the type of dates with times and microseconds, without a zone; the default is
	 * {@code TIMESTAMP}.
	 * @param type the type as a table's definition has it
	 * @return this kit
	 */
	public DialectKit timestampType(String type) {
		this.timestamp = type;
		return this;
	}

	/**
	 * Sets the shortest time between two changes that a delta distinguishes; the default
	 * is a microsecond.
	 * @param duration a microsecond or a millisecond
	 * @return this kit
	 */
	public DialectKit timestampPrecision(Duration duration) {
		this.precision = duration;
		return this;
	}

	/**
	 * Sets the type of texts of any length; the default is {@code CLOB}.
	 * @param type the type as a table's definition has it
	 * @return this kit
	 */
	public DialectKit textType(String type) {
		this.text = type;
		return this;
	}

	/**
	 * Leaves out the check that rows are streamed, for a database that holds its rows in
	 * the memory of this process.
	 * @return this kit
	 */
	public DialectKit inMemory() {
		this.streaming = false;
		return this;
	}

	/**
	 * Leaves out the check of transactions that commit late, for a database that does not
	 * show them or has one writer at a time.
	 * @return this kit
	 */
	public DialectKit withoutOpenTransactions() {
		this.openTransactions = false;
		return this;
	}

	/**
	 * Returns the checks.
	 * @return the checks by name, each of which can be run alone
	 */
	public Map<String, Check> checks() {
		Map<String, Check> checks = new LinkedHashMap<>();
		new ReadChecks(this.database).addTo(checks, this.types, this.keyTypes);
		new WriteChecks(this.database).addTo(checks);
		new DeltaChecks(this.database, this.timestamp, this.precision).addTo(checks, this.openTransactions);
		if (this.streaming) {
			checks.put("rows are streamed in bounded memory", new StreamingCheck(this.database, this.text)::run);
		}
		return checks;
	}

	/**
	 * Runs all checks.
	 * @throws AssertionError with the names and the reasons of those that fail
	 */
	public void run() {
		List<String> failed = new ArrayList<>();
		checks().forEach((name, check) -> {
			try {
				check.run();
			}
			catch (Exception | AssertionError ex) {
				failed.add("%s: %s".formatted(name, ex.getMessage()));
			}
		});
		if (!failed.isEmpty()) {
			throw new AssertionError(
					"%d checks failed:%n%s".formatted(failed.size(), String.join(System.lineSeparator(), failed)));
		}
	}

	/** A check of one property of a dialect. */
	@FunctionalInterface
	public interface Check {

		/**
		 * Runs the check.
		 * @throws AssertionError if the dialect lacks the property
		 * @throws Exception if the database or the dialect fails
		 */
		void run() throws Exception;

	}

}
