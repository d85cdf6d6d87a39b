package io.deltasync.serve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.event.Mode;
import io.deltasync.lease.Slots;

/**
 * The slots of all Links. Queries the database only for slots that seem due, because
 * another process may have run them. Confined to one thread.
 */
final class Timetable {

	private final Slots slots;

	private final Map<Trigger, Instant> runUntil = new LinkedHashMap<>();

	/**
	 * Registers triggers.
	 * @param slots the stored times up to which slots were run
	 * @param triggers the triggers of all Links
	 * @param now the current time, from which slots of new triggers count
	 */
	Timetable(Slots slots, List<Trigger> triggers, Instant now) {
		this.slots = slots;
		for (Trigger trigger : triggers) {
			this.runUntil.put(trigger,
					slots.open(trigger.link(), trigger.name(), trigger.definition(), trigger.beginning(now)));
		}
	}

	/**
	 * Returns the due slots: the newest slot of each trigger, unless it was run already.
	 * @param now the current time
	 * @return the slots, oldest first, those of replays last: any other run makes a
	 * replay of its Link needless; may be empty
	 */
	List<Slot> due(Instant now) {
		List<Slot> due = new ArrayList<>();
		for (Map.Entry<Trigger, Instant> entry : this.runUntil.entrySet()) {
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
		due.sort(Comparator.comparing((Slot slot) -> slot.mode() == Mode.REPLAY).thenComparing(Slot::time));
		return due;
	}

	/**
	 * Reads again up to which time the slots of some Links were run: a process that is
	 * stopped returns slots whose runs have not ended.
	 * @param links the Links' names
	 */
	void refresh(Set<String> links) {
		this.runUntil.replaceAll((trigger, known) -> links.contains(trigger.link())
				? this.slots.find(trigger.link(), trigger.name()).orElse(known) : known);
	}

}
