package io.deltasync.console.page;

import java.time.InstantSource;
import java.util.List;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What people did, newest first.
 */
@Controller
class AuditPage {

	private static final int ROWS = 50;

	private final AuditLog log;

	private final InstantSource clock;

	AuditPage(AuditLog log, InstantSource clock) {
		this.log = log;
		this.clock = clock;
	}

	@GetMapping("/audit")
	String audit(@RequestParam(defaultValue = "") String link, @RequestParam(required = false) @Nullable Long before,
			Model model) {
		long from = (before != null) ? before : Long.MAX_VALUE;
		List<AuditEntry> found = link.isEmpty() ? this.log.newest(from, ROWS + 1)
				: this.log.newest(link, from, ROWS + 1);
		List<AuditEntry> shown = found.subList(0, Math.min(found.size(), ROWS));
		model.addAttribute("entries", shown);
		model.addAttribute("next", (found.size() > ROWS) ? shown.get(ROWS - 1).id() : null);
		model.addAttribute("link", link);
		model.addAttribute("before", before);
		model.addAttribute("text", new Text(this.clock.instant()));
		return "audit";
	}

}
