/** The logs to read, the reminders to write down, and the mail. */
export const env = ['REQUEST_TABLE', 'MAIL_TABLE', 'MAIL_CONFIGURATION'] as const;
