/** Texts of the middle region: a matter, its header, and what can be done with all of it. */

export const matter = {
  tabs: { label: "Parts of the matter", files: "Files", history: "History", details: "Details" },
  states: { active: "Active", closed: "Closed", onHold: "On hold" },
  priorities: { high: "High priority", medium: "Medium priority", low: "Low priority" },
  priority: { high: "High", medium: "Medium", low: "Low" },
  opened: (day: string) => `Opened ${day}`,
  due: (day: string) => `Due ${day}`,
  overdue: (day: string) => `Overdue since ${day}`,
  nobody: "Assigned to nobody",
  general: "general",
  firmsOwn: "The firm’s own documents",
  removed: "This matter was removed. Nothing of it is lost.",
  bringBack: "Bring back",
  closed: "This matter is closed. Its files can be read and restored; nothing can be filed to it.",
  reopen: "Reopen",
  named: (number: string, title: string) => `${number} ${title}`,
};
