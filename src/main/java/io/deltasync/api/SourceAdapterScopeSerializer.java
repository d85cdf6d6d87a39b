package io.deltasync.api;

/**
 * A source that converts its scopes to text itself. Other sources' scopes are stored as
 * JSON. Both methods are called for the scopes to fetch and for the planning scopes.
 */
public interface SourceAdapterScopeSerializer extends SourceAdapterForPull {

	/**
	 * Converts a scope to text. The text is stored and read by people, so it must not
	 * contain secrets.
	 * @param scope one of this adapter's scopes, never null
	 * @return a text that {@link #deserializeScope} can read, never null, and without
	 * U+0000, which PostgreSQL cannot store
	 * @throws Exception to abort planning
	 */
	String serializeScope(Object scope) throws Exception;

	/**
	 * Converts a text back to a scope.
	 * @param text the result of {@link #serializeScope}, possibly from another process
	 * @return an equal scope, never null
	 * @throws Exception to fail the scope or abort planning
	 */
	Object deserializeScope(String text) throws Exception;

}
