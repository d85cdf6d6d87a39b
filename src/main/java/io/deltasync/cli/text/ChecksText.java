package io.deltasync.cli.text;

import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.event.Formats;
import io.deltasync.run.plan.LinkCheck;

/**
 * Formats the result of {@code validate} for people.
 */
public final class ChecksText {

	private ChecksText() {
	}

	public static String of(List<LinkCheck> checks) {
		if (checks.isEmpty()) {
			return "No Link is configured. Links are configured under deltasync.links";
		}
		return checks.stream().map(ChecksText::of).collect(Collectors.joining(System.lineSeparator()));
	}

	private static String of(LinkCheck check) {
		return new KeyValueText("Link '%s': %s".formatted(check.link(), verdict(check)))
			.addAll("Problems", check.problems())
			.addAll("Warnings", check.warnings())
			.toString();
	}

	private static String verdict(LinkCheck check) {
		int problems = check.problems().size();
		return (problems == 0) ? "a run can begin" : (problems == 1) ? "1 problem" : problems + " problems";
	}

}
