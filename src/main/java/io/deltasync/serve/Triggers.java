package io.deltasync.serve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.deltasync.event.Mode;
import io.deltasync.link.Link;
import io.deltasync.run.start.FullRuns;

/**
 * Creates the triggers by which Links are run automatically.
 */
final class Triggers {

	private Triggers() {
	}

	/**
	 * Creates the triggers of Links.
	 * @param links the Links
	 * @param successes the newest successes of Links that others run after
	 * @param replays the automatic replays that are due
	 * @param pushes the pushed records that wait
	 * @return the triggers that the Links configure
	 */
	static List<Trigger> of(Collection<Link> links, LatestSuccesses successes, NextReplays replays,
			PushBacklog pushes) {
		List<Trigger> triggers = new ArrayList<>();
		for (Link link : links) {
			if (link.schedule() != null) {
				triggers.add(new ScheduleTrigger(link.name(), "schedule", Mode.DELTA, link.schedule()));
			}
			if (link.fullSchedule() != null) {
				triggers.add(new ScheduleTrigger(link.name(), FullRuns.TRIGGER, Mode.FULL, link.fullSchedule()));
			}
			if (link.verify().schedule() != null) {
				triggers
					.add(new ScheduleTrigger(link.name(), "verify-schedule", Mode.VERIFY, link.verify().schedule()));
			}
			if (link.runAfter() != null) {
				triggers.add(new ChainTrigger(link.name(), link.runAfter(), successes));
			}
			if (link.autoReplay() > 0) {
				triggers.add(new ReplayTrigger(link.name(), replays));
			}
			if (link.takesPushes()) {
				triggers.add(new PushTrigger(link.name(), pushes));
			}
		}
		return triggers;
	}

}
