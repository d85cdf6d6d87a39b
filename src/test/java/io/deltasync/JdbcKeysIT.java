package io.deltasync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.run.plan.KeyMismatchException;
import io.deltasync.run.plan.Previews;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Links between tables that compare keys in different ways: source and target are on the
 * same kind of database.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL })
class JdbcKeysIT extends JdbcLinks {

	private static final int ROWS = 20;

	private final List<String> links = new ArrayList<>();

	/** Adds a Link between two tables of its name. */
	private void link(String name, String sourceType, String targetType, String... settings) {
		this.links.add(name);
		this.source.execute("CREATE TABLE %s (code %s PRIMARY KEY, v VARCHAR(10))".formatted(name, sourceType));
		this.target.execute(
				"CREATE TABLE %s (code %s PRIMARY KEY, v VARCHAR(10), gone INT DEFAULT 0, CONSTRAINT %s_good CHECK (v <> 'bad'))"
					.formatted(name, targetType, name));
		table(name);
		String link = "deltasync.links." + name + ".";
		for (String setting : settings) {
			this.properties.add(link + setting);
		}
	}

	private void table(String name) {
		String link = "deltasync.links." + name + ".";
		this.properties.addAll(List.of(link + "source.adapter=jdbc", link + "source.connection=crm",
				link + "source.table=" + name, link + "target.adapter=jdbc", link + "target.connection=warehouse",
				link + "target.table=" + name, link + "batch-size-limit=7", link + "lanes=2"));
	}

	/** Links of which the key that is 7 for short is written in another way some day. */
	private void links(String suffix, String... settings) {
		link("number" + suffix, "VARCHAR(10)", "INT",
				Stream.concat(Stream.of(settings), Stream.of("mapping.types.%s=integer".formatted(column("code"))))
					.toArray(String[]::new));
		link("letters" + suffix, "VARCHAR(10)",
				(this.database == TestDatabase.H2) ? "VARCHAR_IGNORECASE(10)" : "VARCHAR(10)", settings);
		link("scale" + suffix, "DECIMAL(8,1)", "DECIMAL(8,2)", settings);
		for (String name : this.links) {
			String prefix = name.startsWith("letters") ? "x" : "";
			if (this.source.queryForObject("SELECT COUNT(*) FROM " + name, Integer.class) == 0) {
				this.source.batchUpdate("INSERT INTO %s VALUES (?, 'v')".formatted(name),
						IntStream.range(0, ROWS)
							.mapToObj((id) -> new Object[] {
									name.startsWith("scale") ? "%d.0".formatted(id) : prefix + "%04d".formatted(id) })
							.toList());
			}
		}
	}

	/** The same keys, as the target compares them. */
	private void respell() {
		for (String name : this.links) {
			if (name.startsWith("scale")) {
				this.source.execute((this.database == TestDatabase.H2)
						? "ALTER TABLE %s ALTER COLUMN code DECIMAL(8,2)".formatted(name)
						: "ALTER TABLE %s MODIFY code DECIMAL(8,2)".formatted(name));
			}
			else if (name.startsWith("number")) {
				this.source.update("UPDATE %s SET code = '7', v = 'good' WHERE code = '0007'".formatted(name));
			}
			else {
				this.source.update("UPDATE %s SET code = 'X0007', v = 'good' WHERE code = 'x0007'".formatted(name));
			}
		}
	}

	@Test
	void keyInAnotherSpellingIsNotDeletedButMissingKeysAre() throws Exception {
		links("", "deletes=hard", "skip-unchanged=true");
		if (this.database == TestDatabase.MYSQL) {
			links("_bulk", "deletes=hard", "skip-unchanged=true", "target.bulk=true");
			this.links.removeIf((name) -> name.endsWith("_bulk") && !name.startsWith("letters"));
		}
		for (String link : this.links) {
			run(link, "DELTA");
		}
		respell();
		for (String link : this.links) {
			this.source.update("DELETE FROM %s WHERE code LIKE '%%13%%'".formatted(link));
			SyncEvent full = run(link, "FULL");
			assertThat(full.success()).as(full.toString()).isTrue();
			assertThat(full.deleted()).as(link).isEqualTo(1);
			assertThat(rows(link)).as(link).isEqualTo(ROWS - 1);
			assertThat(run(link, "FULL").records().ignored()).as(link).isEqualTo(ROWS - 1);
		}
	}

	@Test
	void keyInAnotherSpellingIsNeitherReportedNorMarkedNorCounted() throws Exception {
		links("_report", "deletes=report");
		links("_soft", "deletes=soft", "soft-delete.gone=1", "max-delete-share=0");
		for (String link : this.links) {
			run(link, "DELTA");
		}
		respell();
		for (String link : this.links) {
			SyncEvent full = run(link, "FULL");
			assertThat(full.success()).as(full.toString()).isTrue();
			assertThat(full.warnings())
				.filteredOn((warning) -> !warning.contains("No delta-column")
						&& !warning.contains("as equal in its key") && !warning.contains("The columns of the source"))
				.as(link)
				.isEmpty();
			assertThat(this.target.queryForObject("SELECT SUM(gone) FROM " + link, Integer.class)).as(link).isZero();
		}
	}

	@Test
	void keyIsComparedAsTheTargetComparesItNow() throws Exception {
		links("", "deletes=hard");
		for (String link : this.links) {
			run(link, "DELTA");
		}
		String change = (this.database == TestDatabase.H2) ? "ALTER TABLE %s ALTER COLUMN code %s"
				: "ALTER TABLE %s MODIFY code %s";
		this.target.execute(change.formatted("number", "VARCHAR(10)"));
		this.target.execute(change.formatted("scale", "INT"));
		this.target.execute(change.formatted("letters", "CHAR(30)"));
		for (String link : this.links) {
			SyncEvent full = run(link, "FULL");
			assertThat(full.success()).as(full.toString()).isTrue();
			assertThat(full.deleted()).as(link).isZero();
			assertThat(rows(link)).as(link).isEqualTo(ROWS);
		}
	}

	@Test
	void keyThatTheTargetCanNoLongerCompareIsNotDeleted() throws Exception {
		links("", "deletes=hard", "max-delete-share=100");
		String link = "scale";
		run(link, "DELTA");
		this.target.execute((this.database == TestDatabase.H2) ? "ALTER TABLE %s ALTER COLUMN code REAL".formatted(link)
				: "ALTER TABLE %s MODIFY code FLOAT".formatted(link));
		this.source.update("DELETE FROM %s WHERE code = 13".formatted(link));
		SyncEvent full = run(link, "FULL");
		assertThat(full.success()).as(full.toString()).isTrue();
		assertThat(full.deleted()).isZero();
		assertThat(rows(link)).isEqualTo(ROWS);
		assertThat(full.warnings()).anySatisfy((warning) -> assertThat(warning)
			.contains("1 records that the source no longer has cannot be deleted", "the target cannot compare them"));
	}

	@Test
	void keyThatTheTargetCouldNotCompareForATimeCountsForNoDeletion() throws Exception {
		links("", "deletes=hard");
		String link = "scale";
		run(link, "DELTA");
		boolean h2 = this.database == TestDatabase.H2;
		this.target.execute(h2 ? "ALTER TABLE scale ALTER COLUMN code REAL" : "ALTER TABLE scale MODIFY code FLOAT");
		run(link, "FULL");
		this.target.execute(h2 ? "ALTER TABLE scale ALTER COLUMN code INT" : "ALTER TABLE scale MODIFY code INT");
		SyncEvent full = run(link, "FULL");
		assertThat(full.success()).as(full.toString()).isTrue();
		assertThat(full.warnings()).noneMatch((warning) -> warning.contains("the source no longer has"));
		assertThat(full.deleted()).isZero();
		assertThat(rows(link)).isEqualTo(ROWS);
	}

	@Test
	void rejectDoesNotOverwriteALaterVersionWithAnotherSpellingOfItsKey() throws Exception {
		links("");
		this.links.remove("scale");
		for (String link : this.links) {
			this.source.update("UPDATE %s SET v = 'bad' WHERE code LIKE '%%0007%%'".formatted(link));
			assertThat(run(link, "DELTA").records().failed()).as(link).isEqualTo(1);
		}
		JdbcTemplate repository = this.application.getBean(JdbcTemplate.class);
		repository.update("UPDATE SYNC_REJECT SET STATE = 'ACKNOWLEDGED', NEXT_TRY = FIRST_SEEN");
		respell();
		for (String link : this.links) {
			this.target.execute("ALTER TABLE %s DROP CONSTRAINT %s_good".formatted(link, link));
			SyncEvent event = run(link, "DELTA");
			assertThat(event.success()).as(event.toString()).isTrue();
			assertThat(event.records().written()).as(link).isEqualTo(ROWS);
			assertThat(this.target.queryForList("SELECT v FROM %s WHERE v <> 'v'".formatted(link), String.class))
				.as(link)
				.containsExactly("good");
		}
		assertThat(repository.queryForList("SELECT DISTINCT STATE FROM SYNC_REJECT", String.class))
			.containsExactly("DELIVERED");
	}

	@Test
	void keysThatDoNotCorrespondAreRefusedBeforeAnythingIsRead() throws Exception {
		for (JdbcTemplate each : List.of(this.source, this.target)) {
			for (String table : List.of("narrow_key", "deleting_key", "natural_key", "constant_key")) {
				each.execute(
						"CREATE TABLE %s (id INT NOT NULL, n INT NOT NULL, w VARCHAR(10) NOT NULL, PRIMARY KEY (%s))"
							.formatted(table,
									(each == this.source) ? table.equals("constant_key") ? "id" : "id, n"
											: table.equals("natural_key") ? "w"
													: table.equals("constant_key") ? "id, n" : "id"));
			}
		}
		this.source.update("INSERT INTO narrow_key VALUES (1, 1, 'x'), (1, 2, 'y'), (2, 1, 'z')");
		this.source.update("INSERT INTO natural_key VALUES (1, 1, 'x'), (1, 2, 'y')");
		this.source.update("INSERT INTO constant_key VALUES (1, 1, 'x'), (2, 2, 'y')");
		for (String table : List.of("narrow_key", "deleting_key", "natural_key", "constant_key")) {
			table(table);
		}
		String link = "deltasync.links.%s.";
		this.properties.addAll(List.of(link.formatted("deleting_key") + "deletes=hard",
				link.formatted("deleting_key") + "filters[0].filter=keyFilter",
				link.formatted("constant_key") + "deletes=soft",
				link.formatted("constant_key") + "soft-delete.%s=gone".formatted(column("w")),
				link.formatted("constant_key") + "mapping.constants.%s=7".formatted(column("n")),
				link.formatted("constant_key") + "mapping.types.%s=integer".formatted(column("n")),
				link.formatted("constant_key") + "mapping.select=%s,%s".formatted(column("id"), column("w"))));
		assertThatExceptionOfType(KeyMismatchException.class).isThrownBy(() -> run("narrow_key", "DELTA"))
			.withMessageContainingAll("Link 'narrow_key'", "become one row", "view");
		assertThatExceptionOfType(KeyMismatchException.class).isThrownBy(() -> run("deleting_key", "FULL"))
			.withMessageContainingAll("Link 'deleting_key'", "deletes: hard");
		assertThat(this.application.getBean(SyncEvents.class).newest("narrow_key", 1)).isEmpty();
		assertThat(run("natural_key", "DELTA").records().written()).isEqualTo(2);
		assertThat(run("constant_key", "FULL")).matches(SyncEvent::success);
		assertThat(this.target.queryForList("SELECT n FROM constant_key", Integer.class)).containsExactly(7, 7);
		Links links = this.application.getBean(Links.class);
		Previews previews = this.application.getBean(Previews.class);
		assertThat(previews.check(links.get("narrow_key")).problems()).singleElement()
			.asString()
			.contains("become one row");
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> previews.preview(links.get("narrow_key"), Mode.DELTA))
			.withMessageContaining("become one row");
	}

	@Test
	void keysThatWereMadeToCorrespondAfterARefusalAreAccepted() throws Exception {
		this.source.execute("CREATE TABLE corrected (id INT NOT NULL, n INT NOT NULL, PRIMARY KEY (id, n))");
		this.target.execute("CREATE TABLE corrected (id INT NOT NULL, n INT NOT NULL, PRIMARY KEY (id))");
		table("corrected");
		assertThatExceptionOfType(KeyMismatchException.class).isThrownBy(() -> run("corrected", "DELTA"));

		this.target.execute("ALTER TABLE corrected DROP PRIMARY KEY");
		this.target.execute("ALTER TABLE corrected ADD PRIMARY KEY (id, n)");
		assertThat(run("corrected", "DELTA")).matches(SyncEvent::success);
	}

	@Test
	void keysThatTheTargetConsidersEqualCauseAWarning() throws Exception {
		boolean h2 = this.database == TestDatabase.H2;
		String exact = "VARCHAR(10)" + (h2 ? "" : " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
		String folding = h2 ? "VARCHAR_IGNORECASE(10)" : "VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci";
		link("folded", exact, folding);
		link("alike", folding, folding);
		for (JdbcTemplate each : List.of(this.source, this.target)) {
			each.execute("CREATE TABLE folded_part (code INT NOT NULL, part %s NOT NULL, PRIMARY KEY (code, part))"
				.formatted((each == this.source) ? exact : folding));
		}
		table("folded_part");
		this.source.update("INSERT INTO folded VALUES ('a', '1'), ('A', '2')");
		this.source.update("INSERT INTO folded_part VALUES (1, 'a'), (1, 'A')");
		this.source.update("INSERT INTO alike VALUES ('a', '1')");
		for (String link : List.of("folded", "folded_part")) {
			for (String mode : List.of("DELTA", "FULL")) {
				SyncEvent event = run(link, mode);
				assertThat(event.warnings()).as(link)
					.filteredOn((warning) -> warning.contains("treats 'a' and 'A' as equal in its key"))
					.hasSize(1);
			}
			assertThat(rows(link)).isEqualTo(1);
		}
		assertThat(run("alike", "FULL").warnings()).noneMatch((warning) -> warning.contains("as equal"));
	}

	@Test
	void narrowerKeyBehindAFilterCausesOneWarning() throws Exception {
		this.source.execute("CREATE TABLE filtered_key (id INT NOT NULL, n INT NOT NULL, PRIMARY KEY (id, n))");
		this.target.execute("CREATE TABLE filtered_key (id INT NOT NULL PRIMARY KEY, n INT NOT NULL)");
		table("filtered_key");
		this.properties.add("deltasync.links.filtered_key.filters[0].filter=keyFilter");

		SyncEvent event = run("filtered_key", "DELTA");

		assertThat(event.warnings()).filteredOn((warning) -> warning.contains("only become one row")).hasSize(1);
		Link link = this.application.getBean(Links.class).get("filtered_key");
		assertThat(this.application.getBean(Previews.class).check(link).warnings())
			.filteredOn((warning) -> warning.contains("only become one row"))
			.hasSize(1);
	}

	@Test
	void keysAreComparedAlsoIfTheSourceCouldNotBeAskedAtTheStart() throws Exception {
		this.source.execute("CREATE TABLE late_key (id INT NOT NULL, n INT NOT NULL, PRIMARY KEY (id, n))");
		this.target.execute("CREATE TABLE late_key (id INT PRIMARY KEY, n INT NOT NULL)");
		table("late_key");
		this.properties.remove("deltasync.links.late_key.source.connection=crm");
		configure("deltasync.links.late_key.source.adapter=busySource");
		BusySource.asked.set(0);

		SyncEvent event = run("late_key", "DELTA");

		assertThat(event.status()).isEqualTo(SyncEvent.Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("become one row");
	}

	private String column(String name) {
		return (this.database == TestDatabase.H2) ? name.toUpperCase(Locale.ROOT) : name;
	}

	private int rows(String link) {
		return this.target.queryForObject("SELECT COUNT(*) FROM " + link, Integer.class);
	}

	@Override
	Class<?> beans() {
		return WithFilterAndSource.class;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithFilterAndSource {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		RecordFilter keyFilter() {
			return (context, records) -> {
			};
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		SourceAdapter busySource() {
			return new BusySource();
		}

	}

	/** Cannot be asked for its key the first time. */
	private static final class BusySource implements SourceAdapterForPull, SourceAdapterForKeys {

		private static final AtomicInteger asked = new AtomicInteger();

		@Override
		public List<String> keyProperties(LinkContext context) throws IOException {
			if (asked.getAndIncrement() == 0) {
				throw new IOException("busy");
			}
			return List.of("id", "n");
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.noRecords();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of();
		}

	}

}
