package io.deltasync.serve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.lease.Slots;

/**
 * The slots of all Links. The database is asked only for what seems due: another process
 * may have run it. One thread's.
 */
final class Timetable {

	private final Slots slots;

	private final Map<Trigger, Instant> takenUntil = new LinkedHashMap<>();

	/**
	 * Makes triggers known.
	 * @param slots where it is stored up to when slots were run
	 * @param triggers what gives Links their slots
	 * @param now the time: of what is new, slots count from now on
	 */
	Timetable(Slots slots, List<Trigger> triggers, Instant now) {
		this.slots = slots;
		for (Trigger trigger : triggers) {
			this.takenUntil.put(trigger,
					slots.open(trigger.link(), trigger.name(), trigger.definition(), trigger.beginning(now)));
		}
	}

	/**
	 * Finds what is to be run: of each trigger the newest slot, if nobody has run it.
	 * @param now the time
	 * @return the slots, oldest first; may be empty
	 */
	List<Slot> due(Instant now) {
		List<Slot> due = new ArrayList<>();
		for (Map.Entry<Trigger, Instant> entry : this.takenUntil.entrySet()) {
			Trigger trigger = entry.getKey();
			if (trigger.newest(entry.getValue(), now) != null) {
				Instant taken = this.slots.find(trigger.link(), trigger.name()).orElse(entry.getValue());
				entry.setValue(taken);
				Instant slot = trigger.newest(taken, now);
				if (slot != null) {
					due.add(new Slot(trigger.link(), trigger.name(), trigger.mode(), slot));
				}
			}
		}
		due.sort(Comparator.comparing(Slot::time));
		return due;
	}

	/**
	 * Looks again up to when the slots of some Links were run: a process that is told to
	 * end gives back what it has not run to its end.
	 * @param links the Links' names
	 */
	void lookAgain(Set<String> links) {
		this.takenUntil.replaceAll((trigger, known) -> links.contains(trigger.link())
				? this.slots.find(trigger.link(), trigger.name()).orElse(known) : known);
	}

}
