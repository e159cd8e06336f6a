/** Texts of the middle region: a matter, its header, and its actions. */

export const matter = {
  tabs: { label: "Parts of the matter", files: "Files", history: "History", details: "Details" },
  states: { active: "Active", closed: "Closed", onHold: "On hold" },
  priorities: { high: "High priority", medium: "Medium priority", low: "Low priority" },
  priority: { high: "High", medium: "Medium", low: "Low" },
  opened: (day: string) => `Opened ${day}`,
  due: (day: string) => `Due ${day}`,
  overdue: (day: string) => `Overdue since ${day}`,
  general: "general",
  firmsOwn: "The firm’s own documents",
  removed: "This matter was removed. Nothing was deleted.",
  bringBack: "Bring back",
  closed: "This matter is closed. You can read and restore its files, but not file to it.",
  reopen: "Reopen",
};
