package io.deltasync.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the rounds of a campaign came to, as a table.
 */
final class CampaignFigures {

	private final Map<Fault, List<Round>> rounds = new EnumMap<>(Fault.class);

	void add(Fault fault, Round round) {
		this.rounds.computeIfAbsent(fault, (key) -> new ArrayList<>()).add(round);
	}

	/** The number of records that all rounds have delivered, including repetitions. */
	long deliveries() {
		return this.rounds.values().stream().flatMap(List::stream).mapToLong(Round::deliveries).sum();
	}

	String table() {
		StringBuilder table = new StringBuilder("| %-31s | %6s | %9s | %4s | %23s | %26s |%n".formatted("Fault",
				"Rounds", "Unharmed", "Lost", "Deliveries avg / max", "Seconds to success med/max"));
		this.rounds.forEach((fault, all) -> {
			double records = all.stream().mapToLong(Round::records).sum();
			double deliveries = all.stream().mapToLong(Round::deliveries).sum();
			int most = all.stream().mapToInt(Round::most).max().orElse(0);
			List<Double> seconds = all.stream().map(Round::seconds).sorted().toList();
			table.append("| %-31s | %6d | %9d | %4d | %23s | %26s |%n".formatted(fault, all.size(),
					all.stream().filter(Round::unharmed).count(), all.stream().mapToInt(Round::lost).sum(),
					"%.2f / %d".formatted(deliveries / records, most),
					"%.1f / %.1f".formatted(seconds.get(seconds.size() / 2), seconds.get(seconds.size() - 1))));
		});
		return table.toString();
	}

	/**
	 * One round.
	 *
	 * @param unharmed whether the run that the fault met was successful anyway
	 * @param lost how many records were not at the target, as they are at the source
	 * @param records how many records were delivered
	 * @param deliveries how many times, in all
	 * @param most how many times one of them
	 * @param seconds from the fault, or from its repair, to the end of the next success
	 */
	record Round(boolean unharmed, int lost, long records, long deliveries, int most, double seconds) {

		/** Asks the target what it has counted. */
		static Round of(JdbcTemplate target, boolean unharmed, int lost, double seconds) {
			return new Round(unharmed, lost, People.count(target, "SELECT COUNT(*) FROM CONTACT WHERE TIMES > 0"),
					People.count(target, "SELECT SUM(TIMES) FROM CONTACT"),
					People.count(target, "SELECT MAX(TIMES) FROM CONTACT"), seconds);
		}

	}

}
