package io.deltasync.console.api;

import java.util.List;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The audit log in the REST API.
 */
@RestController
class AuditApi {

	private final AuditLog log;

	AuditApi(AuditLog log) {
		this.log = log;
	}

	@GetMapping("/api/v1/audit")
	Page<AuditEntry> audit(@RequestParam(required = false) @Nullable String link,
			@RequestParam(required = false) @Nullable Long before,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		Caller.of(authentication).checkList(link, "link");
		long from = (before != null) ? before : Long.MAX_VALUE;
		int read = Page.toRead(limit);
		List<AuditEntry> found = (link != null) ? this.log.newest(link, from, read) : this.log.newest(from, read);
		return Page.of(found, limit, request, "before", AuditEntry::id);
	}

}
