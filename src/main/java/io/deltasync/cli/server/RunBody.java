package io.deltasync.cli.server;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.deltasync.console.RunOptions;
import io.deltasync.event.Mode;
import io.deltasync.event.VerifyOptions;

/**
 * The body of a request for a run.
 */
final class RunBody {

	private RunBody() {
	}

	static Map<String, Object> of(RunOptions options) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("mode", options.fullIfDue() ? "full_if_due" : options.mode().name().toLowerCase(Locale.ROOT));
		body.put("force", options.force());
		if (options.mode() != Mode.VERIFY) {
			body.put("testing", options.testing());
			body.put("rewrite", options.rewrite());
			return body;
		}
		VerifyOptions verification = options.verification();
		body.put("settle", verification.settle().toString());
		body.put("repair", verification.repair());
		body.put("strict", verification.strict());
		if (verification.sample() != null) {
			body.put("sample", verification.sample());
		}
		if (verification.rate() != null) {
			body.put("rate", verification.rate());
		}
		return body;
	}

}
