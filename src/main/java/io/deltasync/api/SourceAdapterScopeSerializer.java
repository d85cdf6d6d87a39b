package io.deltasync.api;

/**
 * A source that writes its scopes as text itself. Without it scopes are stored as JSON.
 * Both methods are called for the scopes to be fetched and for the planning scopes.
 */
public interface SourceAdapterScopeSerializer extends SourceAdapterForPull {

	/**
	 * Writes a scope as text. The text is stored and read by people, so it holds no
	 * secrets.
	 * @param scope one of this adapter's scopes
	 * @return the text that {@link #deserializeScope} understands
	 * @throws Exception any exception aborts the planning
	 */
	String serializeScope(Object scope) throws Exception;

	/**
	 * Reads a scope back from its text.
	 * @param text what {@link #serializeScope} returned, perhaps in another process
	 * @return an equal scope
	 * @throws Exception any exception fails the scope, or aborts the planning
	 */
	Object deserializeScope(String text) throws Exception;

}
