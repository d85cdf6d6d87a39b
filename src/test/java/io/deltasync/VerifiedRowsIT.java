package io.deltasync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.deltasync.api.AdapterForColumns;
import io.deltasync.api.ColumnDescription;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.event.SyncEvent;
import io.deltasync.jdbc.Records;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import io.deltasync.verified.VerifyResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verifications of a source whose numbers of records say little about the rows of the
 * target.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class VerifiedRowsIT extends JdbcLinks {

	private static boolean unique;

	private static String type = "bigint";

	/** What each call fetches; the last one is repeated. */
	private static final List<Supplier<List<RecordInFlight>>> fetches = new ArrayList<>();

	@BeforeEach
	void makeTarget() {
		unique = false;
		type = (this.database == TestDatabase.MARIADB) ? "bigint(20)" : "bigint";
		fetches.clear();
		this.target.execute("CREATE TABLE people (id BIGINT PRIMARY KEY, name VARCHAR(40) NOT NULL)");
		configure("deltasync.links.people.source.adapter=listed", "deltasync.links.people.source.table=list",
				"deltasync.links.people.target.adapter=jdbc", "deltasync.links.people.target.connection=warehouse",
				"deltasync.links.people.target.table=people", "deltasync.links.people.deletes=hard");
	}

	private static RecordInFlight person(long id, @Nullable String name) {
		return new RecordInFlight(Records.properties("id", id, "name", name)).identifiedBy(List.of("id"));
	}

	private static List<RecordInFlight> people(long count) {
		return LongStream.range(0, count).mapToObj((id) -> person(id, "name " + id)).toList();
	}

	private static List<RecordInFlight> with(List<RecordInFlight> some, RecordInFlight other) {
		return Stream.concat(some.stream(), Stream.of(other)).toList();
	}

	/** Delivers four records, of which the source then has only the first three. */
	private void deliverFour() throws Exception {
		fetches.add(() -> people(4));
		assertThat(run("people", "FULL").success()).isTrue();
		fetches.clear();
	}

	@Test
	void rowThatIsGoneIsFoundBesideADeletionThatHasNothingToDelete() throws Exception {
		unique = true;
		deliverFour();
		fetches.add(() -> with(people(3),
				new RecordInFlight(Records.properties("id", 7L), Operation.DELETE).identifiedBy(List.of("id"))));

		SyncEvent event = verify("people");

		assertThat(event.verification().gone()).as("%s", event).isEqualTo(1);
		assertThat(event.verification().same()).isEqualTo(4);
		assertThat(event.verification().result()).isEqualTo(VerifyResult.NOT_IN_STEP);
	}

	@Test
	void rowThatIsGoneIsFoundBesideARecordThatTheSourceReturnsTwice() throws Exception {
		deliverFour();
		fetches.add(() -> with(people(3), person(0, "name 0")));

		SyncEvent event = verify("people");

		assertThat(event.verification().gone()).as("%s", event).isEqualTo(1);
		assertThat(event.verification().result()).isEqualTo(VerifyResult.NOT_IN_STEP);
	}

	@Test
	void keysAreReadOnlyIfTheNumberOfRowsProvesNothing() throws Exception {
		deliverFour();
		fetches.addAll(List.of(() -> people(4), List::of));
		assertThat(verify("people").verification().result()).as("the keys were read")
			.isEqualTo(VerifyResult.NOT_IN_STEP);

		unique = true;
		fetches.clear();
		fetches.addAll(List.of(() -> people(4), List::of));
		assertThat(verify("people").verification().result()).as("the rows were counted")
			.isEqualTo(VerifyResult.IN_STEP);
	}

	@Test
	void recordThatCanNoLongerBeComparedProvesNothing() throws Exception {
		deliverFour();
		this.target.update("UPDATE people SET name = 'Eve' WHERE id = 2");
		Supplier<List<RecordInFlight>> refused = () -> with(with(people(2), person(2, null)), person(3, "name 3"));
		fetches.addAll(List.of(() -> people(4), () -> people(4), refused));

		SyncEvent second = verify("people");

		assertThat(second.verification().unconfirmed()).as("%s", second).isEqualTo(1);
		assertThat(second.verification().result()).isEqualTo(VerifyResult.NOT_PROVEN);
		fetches.clear();
		fetches.addAll(List.of(() -> people(4), refused));
		SyncEvent first = verify("people");
		assertThat(first.verification().unconfirmed()).as("%s", first).isEqualTo(1);
		assertThat(first.verification().result()).isEqualTo(VerifyResult.NOT_PROVEN);
	}

	@Override
	Class<?> beans() {
		return Beans.class;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Beans {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Listed listed() {
			return new Listed();
		}

	}

	static class Listed implements SourceAdapterForPull, SourceAdapterForKeys, AdapterForColumns {

		@Override
		public List<String> keyProperties(LinkContext context) {
			return List.of("id");
		}

		@Override
		public boolean hasUniqueKeys(LinkContext context) {
			return unique;
		}

		@Override
		public List<ColumnDescription> columns(LinkContext context) {
			return List.of(new ColumnDescription("id", type + " NOT NULL PRIMARY KEY"));
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return ((fetches.size() > 1) ? fetches.remove(0) : fetches.get(0)).get();
		}

		@Override
		public boolean fetchesEverything() {
			return true;
		}

	}

}
