package io.deltasync.console.api.problem;

import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457). The components are its fields in JSON.
 *
 * @param type the address of the kind of problem, which is stable
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail what is wrong in this case, and what to do
 * @param instance the path of the request
 * @param holder the process that runs a busy Link; null for other problems
 * @param event the Sync Event that it runs, or that shows what is wrong; null if it is
 * not stored yet, and for other problems
 * @param exitCode the exit code of a command that is refused; null for other problems
 */
public record Problem(String type, String title, int status, String detail, String instance, @Nullable String holder,
		@Nullable Long event, @Nullable Integer exitCode) {

	static Problem of(ProblemType type, String detail, String instance) {
		return new Problem(type.address(), type.title(), type.status().value(), detail, instance, null, null, null);
	}

	Problem heldBy(String holder, @Nullable Long event) {
		return new Problem(this.type, this.title, this.status, this.detail, this.instance, holder, event,
				this.exitCode);
	}

	Problem exiting(int exitCode) {
		return new Problem(this.type, this.title, this.status, this.detail, this.instance, this.holder, this.event,
				exitCode);
	}

	Problem shownBy(@Nullable Long event) {
		return new Problem(this.type, this.title, this.status, this.detail, this.instance, this.holder, event,
				this.exitCode);
	}

}
