package io.deltasync.cli.command;

import io.deltasync.cli.text.Events;
import io.deltasync.event.SyncEvent.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StopCommandTests {

	@Test
	void textNamesTheStoppedRunOrItsAutomaticReplay() {
		assertThat(StopCommand.text(Events.failed(Status.FETCHING)))
			.startsWith("Event 7 of Link 'customers' was asked to stop; it ends within its current batch. 'event 7'");
		assertThat(StopCommand.text(Events.failed(Status.COMPLETED)))
			.startsWith("Event 7 of Link 'customers' has ended; no automatic replay follows it.");
	}

}
