package io.deltasync.console.api;

import io.deltasync.audit.AuditLog;
import io.deltasync.console.ConflictException;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.event.retention.LinkRemoval;
import io.deltasync.event.retention.Prune;
import io.deltasync.event.retention.Pruned;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Deletes what need not be kept, in the REST API.
 */
@RestController
@RequestMapping("/api/v1")
class RetentionApi {

	private final Links links;

	private final EngineSettings engine;

	private final Prune prune;

	private final LinkRemoval removal;

	private final AuditLog audit;

	RetentionApi(Links links, EngineSettings engine, Prune prune, LinkRemoval removal, AuditLog audit) {
		this.links = links;
		this.engine = engine;
		this.prune = prune;
		this.removal = removal;
		this.audit = audit;
	}

	@PostMapping("/prune")
	Pruned prune(@RequestBody PruneRequest body, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		caller.checkUnlimited();
		boolean dryRun = Boolean.TRUE.equals(body.dryRun());
		if (!dryRun) {
			this.audit.add(caller.person().name(), "prune", null, null, null, null);
		}
		return this.prune.prune(this.links.names(), this.engine.retention(), dryRun);
	}

	@PostMapping("/forget")
	LinkRemoval.Forgotten forget(@RequestBody ForgetRequest body, Authentication authentication)
			throws LinkBusyException {
		Caller caller = Caller.of(authentication);
		caller.checkUnlimited();
		if (body.link() == null) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "The field 'link' is missing");
		}
		if (this.links.names().contains(body.link())) {
			throw new ConflictException(
					"Link '%s' is still configured. Remove it from the configuration first.".formatted(body.link()));
		}
		this.audit.add(caller.person().name(), "forget", null, null, body.link(), null);
		return this.removal.forget(body.link());
	}

	/**
	 * What to do. The components are its fields in JSON.
	 *
	 * @param dryRun whether nothing is deleted; null for no
	 */
	record PruneRequest(@Nullable Boolean dryRun) {

	}

	/**
	 * What to delete. The components are its fields in JSON.
	 *
	 * @param link the name of a Link that is no longer configured
	 */
	record ForgetRequest(@Nullable String link) {

	}

}
