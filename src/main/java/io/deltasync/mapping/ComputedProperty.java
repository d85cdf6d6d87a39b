package io.deltasync.mapping;

import java.util.Map;

import io.deltasync.api.Operation;
import io.deltasync.expression.Expression;
import io.deltasync.expression.ExpressionException;
import org.jspecify.annotations.Nullable;

/**
 * A property that an expression computes from the source's properties. Immutable.
 *
 * @param target its name at the target
 * @param expression the expression
 * @param conversion the conversion of the result, or null
 */
record ComputedProperty(TargetName target, Expression expression, @Nullable Conversion conversion) {

	/**
	 * Computes the value for a record.
	 * @param operation the record's operation: of a record to delete, only the key may be
	 * known, and nothing is computed from properties that are not
	 * @param from the source's properties
	 * @param to receives the value, or the reason why there is none
	 */
	void compute(Operation operation, Map<String, @Nullable Object> from, TargetProperties to) {
		if (operation == Operation.DELETE && !this.expression.isComputable(from)) {
			return;
		}
		try {
			to.put(this.target.text(), this.target, this.conversion, this.expression.evaluate(from));
		}
		catch (ExpressionException ex) {
			to.addError(this.target.text(), this.target.text(), "cannot be computed: " + ex.getMessage());
		}
	}

}
