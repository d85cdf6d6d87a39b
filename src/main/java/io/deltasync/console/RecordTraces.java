package io.deltasync.console;

import java.util.List;

import io.deltasync.audit.AuditLog;
import io.deltasync.event.RunParameters;
import io.deltasync.event.decision.AuditedAction;
import io.deltasync.link.Link;
import io.deltasync.trace.Trace;
import io.deltasync.trace.Tracer;
import io.deltasync.trace.TypedKey;
import io.deltasync.trace.UntraceableException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/**
 * Finds out where single records are, and delivers them on behalf of people.
 */
@Component
public class RecordTraces {

	private final Operations operations;

	private final Tracer tracer;

	private final LinkStarter starter;

	private final AuditLog audit;

	public RecordTraces(Operations operations, Tracer tracer, LinkStarter starter, AuditLog audit) {
		this.operations = operations;
		this.tracer = tracer;
		this.starter = starter;
		this.audit = audit;
	}

	/**
	 * Finds out where a record is.
	 * @param link the Link's name
	 * @param key the record's key in one text
	 * @return everything that is known of it
	 * @throws UntraceableException if the key is not one of the Link's records
	 */
	public Trace trace(String link, String key) {
		return this.tracer.trace(this.operations.link(link), new TypedKey(List.of(key)));
	}

	/**
	 * Starts a run that delivers a single record.
	 * @param link the Link's name
	 * @param key the record's key in one text
	 * @param who the person
	 * @return the Sync Event; null if the run is not stored yet, because a system does
	 * not answer
	 * @throws UntraceableException if the record cannot be delivered on its own
	 * @throws Exception any exception of the JobOperator, for example when another run
	 * holds the Link
	 */
	public @Nullable Long deliver(String link, String key, Person who) throws Exception {
		Link found = this.operations.link(link);
		JobParametersBuilder parameters = this.tracer.delivery(found, new TypedKey(List.of(key)));
		return this.starter.start(found.name(),
				parameters.addString(RunParameters.TRIGGER, who.trigger(), false).toJobParameters(),
				AuditedAction.begin(this.audit, who.name(), "deliver", found.name(), null, null, "a single record"));
	}

}
