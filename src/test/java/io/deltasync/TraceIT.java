package io.deltasync;

import java.util.List;
import java.util.Map;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.cli.Commands;
import io.deltasync.config.ExitCode;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.view.Json;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.Links;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import io.deltasync.trace.Trace;
import io.deltasync.trace.Trace.Side.State;
import io.deltasync.trace.Tracer;
import io.deltasync.trace.TypedKey;
import io.deltasync.trace.UntraceableException;
import io.deltasync.trace.Whereabouts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where a record is, asked of two real systems and of what runs have stored.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL })
class TraceIT extends JdbcLinks {

	@BeforeEach
	void makeTables() {
		String time = (this.database == TestDatabase.H2) ? "TIMESTAMP" : "DATETIME";
		this.source
			.execute("CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(40), email VARCHAR(40), updated_at %s)"
				.formatted(time));
		this.target
			.execute("CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(10), mail VARCHAR(40), updated_at %s)"
				.formatted(time));
		String link = "deltasync.links.people.";
		String email = (this.database == TestDatabase.H2) ? "EMAIL" : "email";
		configure(link + "source.adapter=jdbc", link + "source.connection=crm", link + "source.table=people",
				link + "source.delta-column=updated_at", link + "source.overlap=0s", link + "source.zone=UTC",
				link + "target.adapter=jdbc", link + "target.connection=warehouse", link + "target.table=people",
				link + "mapping.rename." + email + "=mail", link + "mask=" + email, link + "skip-unchanged=true",
				link + "filters[0].filter=members");
		insert(1, "Ada", "2026-01-01 10:00:00");
	}

	@Override
	Class<?> beans() {
		return Beans.class;
	}

	private void insert(int id, String name, String updatedAt) {
		this.source.update("INSERT INTO people VALUES (?, ?, ?, ?)", id, name, "secret" + id + "@example.com",
				updatedAt);
	}

	private Trace trace(String... key) {
		open();
		Trace trace = this.application.getBean(Tracer.class)
			.trace(this.application.getBean(Links.class).get("people"), new TypedKey(List.of(key)));
		assertThat(Json.write(trace)).as("masked values").doesNotContain("example.com");
		return trace;
	}

	private int execute(String... arguments) {
		open();
		Commands commands = this.application.getBean(Commands.class);
		commands.run(new DefaultApplicationArguments(arguments));
		return commands.getExitCode();
	}

	private List<Map<String, Object>> atTarget(int id) {
		return this.target.queryForList("SELECT * FROM people WHERE id = ?", id);
	}

	@Test
	void aRecordIsFollowedFromItsFirstRunToItsEnd() throws Exception {
		assertThat(trace("1").where()).isEqualTo(Whereabouts.PENDING);
		assertThat(execute("trace", "people", "1")).isZero();

		run("people", "DELTA");
		Trace delivered = trace("id=1");
		assertThat(delivered.where()).isEqualTo(Whereabouts.IN_STEP);
		assertThat(delivered.key()).isEqualTo("1");
		assertThat(delivered.source().properties().values()).contains("Ada", "***");
		assertThat(delivered.target().properties().values()).contains("Ada", "***");
		assertThat(delivered.delivered().content()).isTrue();

		this.target.update("UPDATE people SET name = 'Eve' WHERE id = 1");
		Trace changed = trace("1");
		assertThat(changed.where()).isEqualTo(Whereabouts.CHANGED_AT_TARGET);
		assertThat(changed.target().differences()).map(String::toLowerCase).containsExactly("name");
		assertThat(execute("trace", "people", "1")).isEqualTo(ExitCode.NOT_SUCCESSFUL.value());

		this.source.update("DELETE FROM people WHERE id = 1");
		assertThat(trace("1").where()).isEqualTo(Whereabouts.LEFT_AT_TARGET);
		this.target.update("DELETE FROM people WHERE id = 1");
		assertThat(trace("1").where()).isEqualTo(Whereabouts.DELETED);
		assertThat(trace("2").where()).isEqualTo(Whereabouts.UNKNOWN_TO_BOTH);
	}

	@Test
	void deliveringARecordWritesItAloneMovesNoWindowAndIsAudited() throws Exception {
		run("people", "DELTA");
		SyncEvents events = this.application.getBean(SyncEvents.class);
		insert(2, "Late", "2026-01-01 09:00:00");
		insert(3, "Later", "2026-01-01 09:00:00");
		this.target.update("UPDATE people SET name = 'Eve' WHERE id = 1");
		assertThat(trace("2").where()).isEqualTo(Whereabouts.NEVER_READ);
		var window = events.lastSuccess("people");

		assertThat(execute("trace", "people", "2", "--deliver")).isZero();
		assertThat(trace("2").where()).isEqualTo(Whereabouts.IN_STEP);
		assertThat(atTarget(3)).isEmpty();
		assertThat(execute("trace", "people", "1", "--deliver", "--json")).isZero();
		assertThat(trace("1").where()).isEqualTo(Whereabouts.IN_STEP);

		assertThat(events.lastSuccess("people")).isEqualTo(window);
		SyncEvent event = events.newest("people").orElseThrow();
		assertThat(event.mode()).isEqualTo(Mode.REPLAY);
		assertThat(event.success()).isTrue();
		assertThat(event.records().written()).isEqualTo(1);
		AuditLog audit = new AuditLog(this.application.getBean(RepositoryDatabase.class).jdbc(), () -> null);
		assertThat(audit.newest("people", Long.MAX_VALUE, 10)).extracting(AuditEntry::action)
			.containsExactly("deliver", "deliver");
		assertThat(audit.newest("people", Long.MAX_VALUE, 1)).extracting(AuditEntry::who, AuditEntry::event)
			.containsExactly(
					org.assertj.core.groups.Tuple.tuple("command-line:" + System.getProperty("user.name"), event.id()));
		run("people", "DELTA");
		assertThat(trace("3").where()).as("a delivery of one record is no full run").isEqualTo(Whereabouts.NEVER_READ);
	}

	@Test
	void aDeliveryThatFailsLeavesAReject() throws Exception {
		run("people", "DELTA");
		insert(4, "a name that is too long", "2026-01-01 09:00:00");

		assertThat(execute("trace", "people", "4", "--deliver")).isEqualTo(ExitCode.NOT_SUCCESSFUL.value());

		Trace rejected = trace("4");
		assertThat(rejected.where()).isEqualTo(Whereabouts.REJECTED);
		assertThat(rejected.reject().message()).contains("23 characters");
		assertThat(rejected.sentence()).contains("waits as reject " + rejected.reject().id());
		this.source.update("UPDATE people SET name = 'short' WHERE id = 4");
		assertThat(execute("trace", "people", "4", "--deliver")).isZero();
		assertThat(trace("4").reject().state().isWaiting()).isFalse();
	}

	@Test
	void aDeliveryDoesNotCloseTheRejectsOfOtherRecords() throws Exception {
		insert(4, "a name that is too long", "2026-01-01 09:00:00");
		run("people", "DELTA");
		long reject = trace("4").reject().id();

		assertThat(execute("trace", "people", "1", "--deliver")).isZero();

		Trace after = trace("4");
		assertThat(after.where()).isEqualTo(Whereabouts.REJECTED);
		assertThat(after.reject().id()).isEqualTo(reject);
		assertThat(after.reject().attempts()).isEqualTo(1);
		assertThat(this.application.getBean(SyncEvents.class).standing("people").success())
			.as("a delivery of one record does not hide that the Link fails")
			.isFalse();
		insert(6, "Grace", "2026-01-01 11:00:00");
		assertThat(trace("6").where()).isEqualTo(Whereabouts.LINK_FAILING);
		this.source.update("DELETE FROM people WHERE id = 4");
		assertThat(execute("trace", "people", "1", "--deliver")).isZero();
		assertThat(trace("4").reject().state().isWaiting()).isTrue();
	}

	@Test
	void whatAFilterLeavesOutNamesTheFilter() throws Exception {
		insert(5, "guest", "2026-01-01 10:00:00");
		run("people", "DELTA");

		Trace trace = trace("5");

		assertThat(trace.where()).isEqualTo(Whereabouts.LEFT_OUT);
		assertThat(trace.sentence()).isEqualTo("the filter 'members' ignores the record: *** is a guest");
		assertThat(trace.target().state()).isEqualTo(State.ABSENT);
	}

	@Test
	void aLinkThatFailsIsTheReason() throws Exception {
		insert(4, "a name that is too long", "2026-01-01 09:00:00");
		run("people", "DELTA");
		insert(6, "Grace", "2026-01-01 11:00:00");

		Trace trace = trace("6");

		assertThat(trace.where()).isEqualTo(Whereabouts.LINK_FAILING);
		assertThat(trace.next()).contains("restart " + trace.lastRun().event());
	}

	@Test
	void aSystemThatCannotBeAskedIsNamedAndTheRestIsShown() throws Exception {
		run("people", "DELTA");
		this.source.execute("DROP TABLE people");

		Trace trace = trace("id=1");

		assertThat(trace.where()).isEqualTo(Whereabouts.CANNOT_TELL);
		assertThat(trace.source().state()).isEqualTo(State.UNKNOWN);
		assertThat(trace.source().problem()).containsIgnoringCase("people");
	}

	@Test
	void aKeyThatIsNoneIsRefused() {
		assertThatExceptionOfType(UntraceableException.class).isThrownBy(() -> trace("one"))
			.withMessageStartingWith("Link 'people': 'one' is not a value of the key column");
		assertThatExceptionOfType(UntraceableException.class).isThrownBy(() -> trace("1", "2"))
			.withMessageMatching("(?i)The key of Link 'people' consists of id, but 2 values were given; give id=VALUE");
		assertThat(execute("trace", "people", "one")).isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("trace", "people")).isEqualTo(ExitCode.USAGE.value());
		assertThat(execute("trace", "nobody", "1")).isEqualTo(ExitCode.USAGE.value());
	}

	/** An application with a filter. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Beans {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		RecordFilter members() {
			return new RecordFilter() {

				@Override
				public void process(LinkContext context, List<RecordInFlight> records) {
					records.stream()
						.filter((record) -> record.properties().containsValue("guest"))
						.forEach((record) -> record.ignore(record.properties()
							.entrySet()
							.stream()
							.filter((property) -> property.getKey().equalsIgnoreCase("email"))
							.map((property) -> property.getValue() + " is a guest")
							.findFirst()
							.orElseThrow()));
				}

			};
		}

	}

}
