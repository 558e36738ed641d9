-- Who signs in by an identity provider is known by an email address.
CREATE INDEX user_by_email ON account_user (organization_id, lower(email_address));
