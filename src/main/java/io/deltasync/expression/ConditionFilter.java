package io.deltasync.expression;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The built-in filter {@code condition}: keeps, ignores or drops the records that meet a
 * condition. A record to delete passes if it lacks a property that the condition reads.
 */
public final class ConditionFilter implements RecordFilter, ConfigurableAdapter<ConditionOptions> {

	private @Nullable ConditionOptions options;

	private @Nullable Expression condition;

	@Override
	public Class<ConditionOptions> optionsType() {
		return ConditionOptions.class;
	}

	@Override
	public void configure(ConditionOptions options) {
		this.options = options;
		String text = options.condition();
		try {
			this.condition = new ExpressionLanguage(options.zone(),
					(options.tables() != null) ? options.tables() : Map.of())
				.compile(text);
		}
		catch (ExpressionException ex) {
			throw new IllegalArgumentException("the condition '%s' is invalid: %s".formatted(text, ex.getMessage()),
					ex);
		}
		if (!this.condition.isCondition()) {
			throw new IllegalArgumentException(
					"the condition '%s' is invalid: its result is not true or false".formatted(text));
		}
	}

	@Override
	public void process(LinkContext context, List<RecordInFlight> records) {
		Expression met = Objects.requireNonNull(this.condition);
		for (Iterator<RecordInFlight> each = records.iterator(); each.hasNext();) {
			RecordInFlight record = each.next();
			if (record.operation() == Operation.DELETE && !met.isComputable(record.properties())) {
				continue;
			}
			try {
				if (!isKept(met.evaluate(record.properties()))) {
					leaveOut(record, each);
				}
			}
			catch (ExpressionException ex) {
				record.addError("the condition '%s' cannot be computed: %s".formatted(met, ex.getMessage()));
			}
		}
	}

	private boolean isKept(@Nullable Object result) {
		if (!(result instanceof Boolean holds)) {
			throw new ExpressionException("its result is %s, not true or false".formatted(Types.word(result)));
		}
		return holds == (options().keep() != null);
	}

	private void leaveOut(RecordInFlight record, Iterator<RecordInFlight> each) {
		String reason = options().reason();
		if (options().ignore() != null) {
			record.ignore((reason != null) ? reason : options().ignore());
		}
		else if (reason != null) {
			record.ignore(reason);
		}
		else {
			each.remove();
		}
	}

	private ConditionOptions options() {
		return Objects.requireNonNull(this.options);
	}

}
