package io.deltasync.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

class H2FaultCampaignIT extends FaultCampaign {

	/** About what the files grow by in the run. */
	private static final int GROWTH = 2_000_000;

	@Override
	List<Fault> faults() {
		return List.of(Fault.PROCESS_IS_KILLED, Fault.PROCESS_IS_TOLD_TO_END, Fault.DISK_IS_FULL,
				Fault.TARGET_IS_REPLACED, Fault.SOURCE_IS_REPLACED, Fault.ONE_IN_A_THOUSAND, Fault.ONE_IN_A_HUNDRED,
				Fault.EVERY_SECOND, Fault.ALL);
	}

	@Override
	String url(String database) {
		return url("file", database);
	}

	@Override
	String urlOfRuns(String database) {
		return url(ScarceDisk.SCHEME, database);
	}

	private String url(String disk, String database) {
		return "jdbc:h2:%s:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(disk, this.directory.resolve(database));
	}

	@Override
	String username() {
		return "sa";
	}

	@Override
	String inSession(String url, @Nullable String zone, boolean limited) {
		// of limits, H2 has only those that fail a statement
		return (zone != null) ? url + ";TIME ZONE=" + zone : url;
	}

	@Override
	People.Columns columns(boolean local) {
		return new People.Columns("VARCHAR(20)", "VARCHAR_IGNORECASE(20)",
				local ? "TIMESTAMP(6)" : "TIMESTAMP(6) WITH TIME ZONE");
	}

	@Override
	void countRows(JdbcTemplate target) {
		for (String event : List.of("INSERT", "UPDATE")) {
			target.execute("CREATE TRIGGER COUNT_%s BEFORE %s ON CONTACT FOR EACH ROW CALL '%s'".formatted(event, event,
					CountedRows.class.getName()));
		}
	}

	@Override
	List<String> options(Fault fault, Random random) {
		List<String> options = new ArrayList<>(super.options(fault, random));
		if (fault == Fault.DISK_IS_FULL) {
			options.add("-D%s=%d".formatted(ScarceDisk.BYTES, random.nextInt(GROWTH)));
		}
		return options;
	}

}
